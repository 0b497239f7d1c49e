import { count } from '../model/numbers.js';
import { inOrder, inWords, sumOf, toneOf } from '../model/phases.js';

/** Counts by phase, as a bar and as words. */
export function PhaseCounts({ counts }: { readonly counts: Readonly<Record<string, number>> }) {
  const phases = inOrder(counts);
  if (phases.length === 0) return <p className="quiet">None.</p>;
  const all = sumOf(counts);
  return (
    <>
      <div className="bar" aria-hidden="true">
        {phases.map(([phase, part]) => (
          <span key={phase} className={toneOf(phase)} style={{ flexGrow: part / all }} />
        ))}
      </div>
      <ul className="counts">
        {phases.map(([phase, part]) => (
          <li key={phase}>
            <span className={`dot ${toneOf(phase)}`} aria-hidden="true" />
            {inWords(phase)} <strong>{count(part)}</strong>
          </li>
        ))}
      </ul>
    </>
  );
}
