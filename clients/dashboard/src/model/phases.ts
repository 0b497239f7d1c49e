/** How good or bad a word of the contract is, for its colour. The word itself always stands beside it. */
export type Tone = 'good' | 'busy' | 'bad' | 'idle';

const tones: Readonly<Record<string, Tone>> = {
  RUNNING: 'good',
  COMPLETED: 'good',
  REQUESTED: 'busy',
  CLUSTER_SCHEDULED: 'busy',
  NODE_SCHEDULED: 'busy',
  CREATING: 'busy',
  UNDEPLOYING: 'busy',
  FAILED: 'bad',
  DEAD: 'bad',
  LOST: 'bad',
  UNDEPLOYED: 'idle',
  active: 'good',
  registered: 'idle',
  inactive: 'bad',
  removing: 'busy',
  draining: 'busy',
  running: 'busy',
  succeeded: 'good',
  failed: 'bad',
  cancelled: 'idle',
  PLACED: 'good',
};

/** Words that this version does not know are neither good nor bad. */
export const toneOf = (word: string): Tone => tones[word] ?? 'idle';

/** `CLUSTER_SCHEDULED` as people read it: cluster scheduled. */
export const inWords = (word: string): string =>
  word
    .replaceAll('_', ' ')
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();

const phases = Object.keys(tones);

/** Counts by phase in the order of a life, so that bars do not jump. */
export const inOrder = (counts: Readonly<Record<string, number>>): readonly [string, number][] =>
  Object.entries(counts)
    .filter(([, count]) => count > 0)
    .sort(([a], [b]) => phases.indexOf(a) - phases.indexOf(b));

export const sumOf = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);
