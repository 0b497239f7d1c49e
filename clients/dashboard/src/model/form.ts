/** The text of a field, without blanks around it. */
export const textOf = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
};

/** Which of the choices are ticked. */
export const tickedOf = <T extends string>(
  form: FormData,
  name: string,
  choices: readonly T[],
): T[] => {
  const ticked = new Set(form.getAll(name));
  return choices.filter((choice) => ticked.has(choice));
};
