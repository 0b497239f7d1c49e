const whole = new Intl.NumberFormat('en');
const fine = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

export const count = (value: number): string => whole.format(value);

/** `1 cluster`, `2 clusters`. */
export const many = (value: number, noun: string): string =>
  `${count(value)} ${noun}${value === 1 ? '' : 's'}`;

export const cores = (value: number): string => `${fine.format(value)} cores`;

/** MiB in the unit that makes it short. */
export function memory(mebibytes: number): string {
  if (mebibytes < 1024) return `${whole.format(mebibytes)} MiB`;
  const gibibytes = mebibytes / 1024;
  return gibibytes < 1024
    ? `${fine.format(gibibytes)} GiB`
    : `${fine.format(gibibytes / 1024)} TiB`;
}

/** A share from 0 to 1, also where there is nothing to share. */
export const share = (part: number, all: number): number =>
  all <= 0 ? 0 : Math.min(1, Math.max(0, part / all));

export const percent = (part: number): string => `${Math.round(part * 100)} %`;
