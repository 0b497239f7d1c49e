/** Keeps the store's thread awake between commands that follow each other quickly. */
import { availableParallelism } from 'node:os';

/** Commands that come faster than this, on average, are worth waiting for awake; and for so long, at most. */
const AWAKE_MS = 0.2;
/** A longer gap counts as this one, so that the average recovers from it. */
const QUIET_MS = 2;
/** Over how many commands the average is taken. */
const SMOOTHING = 16;

/**
 * Whoever sends to a thread that sleeps pays for waking it: 15 µs and more where a read costs 80. While commands come in quick
 * succession the event loop therefore goes round instead of sleeping, for a fifth of a millisecond after the last one. At a quieter
 * time it sleeps at once, and with a single core always.
 */
export class Wakefulness {
  private lastAt = 0;
  private averageGapMs = QUIET_MS;
  private awake = false;
  private readonly enabled = availableParallelism() > 1;

  /** A command has come. */
  touch(): void {
    const now = performance.now();
    const gap = Math.min(now - this.lastAt, QUIET_MS);
    this.lastAt = now;
    this.averageGapMs += (gap - this.averageGapMs) / SMOOTHING;
    if (this.awake || !this.enabled || this.averageGapMs > AWAKE_MS) return;
    this.awake = true;
    setImmediate(this.goRound);
  }

  private readonly goRound = (): void => {
    this.awake = performance.now() - this.lastAt < AWAKE_MS;
    if (this.awake) setImmediate(this.goRound);
  };
}
