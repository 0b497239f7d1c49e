import type { Operation } from '@system-manager/client';
import { useConnection } from '../session/connection.js';
import { inWords } from '../model/phases.js';
import { Badge } from './badge.js';
import { Failure } from './failure.js';
import { Moment } from './moment.js';
import { useTask } from './task.js';

function Cancel({ operation }: { readonly operation: Operation }) {
  const { client, may } = useConnection();
  const { busy, error, run } = useTask();
  if (operation.state !== 'running' || !may('services:write')) return null;
  const cancel = (): Promise<unknown> =>
    client.post('/api/v1/operations/{operationId}/cancel', {
      params: { path: { operationId: operation.id } },
    });
  return (
    <>
      <button type="button" className="small" disabled={busy} onClick={() => run(cancel)}>
        Cancel <span className="hidden">{inWords(operation.kind)}</span>
      </button>
      <Failure error={error} />
    </>
  );
}

/** Wishes and how far they are. */
export function Operations({ operations }: { readonly operations: readonly Operation[] }) {
  if (operations.length === 0) return <p className="quiet">None.</p>;
  return (
    <ul className="operations">
      {operations.map((operation) => {
        const { id, kind, state, subjectName, progress, reason, createdAt } = operation;
        return (
          <li key={id}>
            <span>
              <strong>{inWords(kind)}</strong> {subjectName} <Badge word={state} />
            </span>
            <progress
              max={Math.max(1, progress.total)}
              value={progress.done}
              aria-label={`${inWords(kind)} ${subjectName}: ${progress.done} of ${progress.total}`}
            />
            <span className="quiet">
              {progress.done} of {progress.total}, <Moment at={createdAt} />
              {reason !== undefined && `: ${reason}`}
            </span>
            <Cancel operation={operation} />
          </li>
        );
      })}
    </ul>
  );
}
