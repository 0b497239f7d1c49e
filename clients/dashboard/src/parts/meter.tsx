import { percent, share } from '../model/numbers.js';

interface MeterProps {
  readonly label: string;
  readonly part: number;
  readonly all: number;
  readonly format: (value: number) => string;
}

/** How much of something is taken. */
export function Meter({ label, part, all, format }: MeterProps) {
  const taken = share(part, all);
  return (
    <div className="meter">
      <span>
        {label}
        <span className="quiet">
          {' '}
          {format(part)} of {format(all)}
        </span>
      </span>
      <meter min={0} max={1} value={taken} aria-label={`${label}: ${percent(taken)} reserved`} />
    </div>
  );
}
