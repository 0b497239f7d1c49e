import { InvalidArgumentError, type Command } from 'commander';

/** Whether a command waits until what it began is done. */
export interface Waiting {
  readonly wait?: boolean;
  readonly timeout: number;
}

/** A whole number that is not below zero. */
export function toNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}

export const addWaiting = (command: Command): Command =>
  command
    .option('--wait', 'wait until it is done, and show how far it is')
    .option('--timeout <seconds>', 'how long to wait at the most', toNumber, 300);

export const timeoutMsOf = ({ timeout }: Waiting): number => timeout * 1000;
