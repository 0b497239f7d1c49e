interface CheckboxesProps<T extends string> {
  readonly legend: string;
  readonly name: string;
  readonly choices: readonly T[];
  readonly chosen?: readonly T[];
}

/** Any number of choices. */
export const Checkboxes = <T extends string>({
  legend,
  name,
  choices,
  chosen = [],
}: CheckboxesProps<T>) => (
  <fieldset>
    <legend>{legend}</legend>
    {choices.map((choice) => (
      <label key={choice} className="choice">
        <input
          type="checkbox"
          name={name}
          value={choice}
          defaultChecked={chosen.includes(choice)}
        />
        {choice}
      </label>
    ))}
  </fieldset>
);
