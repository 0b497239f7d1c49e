import type { Random } from './random.js';

/** What of a simulated process the virtual time has to know. Everything that happens belongs to one. */
export interface Machine {
  readonly name: string;
  /** Rises with each crash; whatever was under way in an earlier life never happens. */
  life: number;
  /** Stopped as by SIGSTOP: what happens waits until it goes on. */
  frozen: boolean;
  /** How far its wall clock is off, in milliseconds. */
  clockOffMs: number;
  /** How fast its clocks run; 1 is right. */
  clockRate: number;
  readonly random: Random;
}

export const createMachine = (name: string, random: Random): Machine => ({
  name,
  life: 0,
  frozen: false,
  clockOffMs: 0,
  clockRate: 1,
  random,
});
