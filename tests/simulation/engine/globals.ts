/**
 * Puts the virtual time in the place of the timers and clocks of this process, those of `node:timers/promises` included, so that
 * the real code runs in it as it is. A timer belongs to the machine whose code set it.
 */
import { syncBuiltinESMExports } from 'node:module';
import timersPromises from 'node:timers/promises';
import type { VirtualTime } from './virtual-time.js';

/** A timer as the code under test sees it. */
class VirtualTimer {
  cancelled = false;
  unref(): this {
    return this;
  }
  ref(): this {
    return this;
  }
}

const startTimer = (
  time: VirtualTime,
  delayMs: number,
  repeat: boolean,
  callback: () => void,
): VirtualTimer => {
  const timer = new VirtualTimer();
  const machine = time.current;
  const ms = (delayMs >= 1 ? Math.trunc(delayMs) : 1) / machine.clockRate;
  const arm = (): void => {
    time.at(machine, ms, () => {
      if (timer.cancelled) return;
      if (repeat) arm();
      callback();
    });
  };
  arm();
  return timer;
};

const cancelTimer = (timer: unknown): void => {
  if (timer instanceof VirtualTimer) timer.cancelled = true;
};

const aborted = (signal: AbortSignal): Error =>
  Object.assign(new Error('The operation was aborted', { cause: signal.reason }), {
    name: 'AbortError',
    code: 'ABORT_ERR',
  });

const delayIn =
  (time: VirtualTime) =>
  <T>(delayMs = 1, value?: T, { signal }: { signal?: AbortSignal } = {}): Promise<T> =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(aborted(signal));
        return;
      }
      const onAbort = (): void => {
        cancelTimer(timer);
        if (signal) reject(aborted(signal));
      };
      const timer = startTimer(time, delayMs, false, () => {
        signal?.removeEventListener('abort', onAbort);
        resolve(value as T);
      });
      signal?.addEventListener('abort', onAbort, { once: true });
    });

/** Code that is not part of the simulation keeps the real ones. */
const real = {
  setTimeout: globalThis.setTimeout,
  clearTimeout: globalThis.clearTimeout,
  setInterval: globalThis.setInterval,
  clearInterval: globalThis.clearInterval,
  setImmediate: globalThis.setImmediate,
  clearImmediate: globalThis.clearImmediate,
};
const realNow = Date.now;
const realRandom = Math.random;
const realDelay = timersPromises.setTimeout;

type Callback = (...args: unknown[]) => void;

/** @returns how to put the real ones back */
export function installVirtualTime(time: VirtualTime): () => void {
  const after =
    (repeat: boolean) =>
    (callback: Callback, delayMs = 1, ...args: unknown[]): VirtualTimer =>
      startTimer(time, delayMs, repeat, () => {
        callback(...args);
      });
  const immediately = (callback: Callback, ...args: unknown[]): VirtualTimer => {
    const timer = new VirtualTimer();
    time.at(time.current, 0, () => {
      if (!timer.cancelled) callback(...args);
    });
    return timer;
  };
  Object.assign(globalThis, {
    setTimeout: after(false),
    clearTimeout: cancelTimer,
    setInterval: after(true),
    clearInterval: cancelTimer,
    setImmediate: immediately,
    clearImmediate: cancelTimer,
  });
  Date.now = () => Math.floor(time.now + time.current.clockOffMs);
  Math.random = () => time.current.random.next();
  // A monotonic clock does not jump; it starts anywhere.
  performance.now = () => time.now * time.current.clockRate;
  timersPromises.setTimeout = delayIn(time) as typeof timersPromises.setTimeout;
  syncBuiltinESMExports();
  return () => {
    Object.assign(globalThis, real);
    Date.now = realNow;
    Math.random = realRandom;
    Reflect.deleteProperty(performance, 'now');
    timersPromises.setTimeout = realDelay;
    syncBuiltinESMExports();
  };
}
