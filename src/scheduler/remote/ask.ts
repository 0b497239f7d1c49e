import type {
  PlacementAnswer,
  RemoteRequest,
  RemoteScheduler,
} from '../../domain/scheduling/remote.js';
import type { ClusterPicture } from '../../domain/scheduling/scheduling.js';

export interface Asked {
  readonly answers: readonly PlacementAnswer[];
  readonly latencyMs: number;
}

/**
 * Asks a remote scheduler and waits no longer than the deadline.
 *
 * @param stop - ends the waiting earlier
 * @throws whatever the scheduler's connection failed with
 */
export async function askInTime(
  remote: RemoteScheduler,
  requests: readonly RemoteRequest[],
  picture: readonly ClusterPicture[],
  deadlineMs: number,
  stop?: AbortSignal,
): Promise<Asked> {
  const controller = new AbortController();
  const abort = (): void => {
    controller.abort();
  };
  const timer = setTimeout(abort, deadlineMs);
  stop?.addEventListener('abort', abort, { once: true });
  if (stop?.aborted === true) abort();
  const startedAt = performance.now();
  try {
    const answers = await remote.place(requests, picture, deadlineMs, controller.signal);
    return { answers, latencyMs: performance.now() - startedAt };
  } finally {
    clearTimeout(timer);
    stop?.removeEventListener('abort', abort);
  }
}
