/** Seeded randomness. Every stream is named, so that one actor's choices do not depend on how often another one chose. */

/** FNV-1a over the name, stretched to four words. */
function wordsOf(name: string): [number, number, number, number] {
  const words: [number, number, number, number] = [0x811c9dc5, 0x9e3779b9, 0x85ebca6b, 0xc2b2ae35];
  for (let index = 0; index < name.length; index += 1)
    for (let word = 0; word < 4; word += 1)
      words[word] = Math.imul((words[word] ?? 0) ^ (name.charCodeAt(index) + word), 0x01000193);
  return words;
}

/** A stream of random numbers (sfc32): small, fast, and the same everywhere. */
export class Random {
  readonly #name: string;
  #a: number;
  #b: number;
  #c: number;
  #counter: number;

  constructor(name: string) {
    this.#name = name;
    [this.#a, this.#b, this.#c, this.#counter] = wordsOf(name);
    for (let turn = 0; turn < 12; turn += 1) this.next();
  }

  /** Another stream, which shares nothing with this one. */
  fork(name: string): Random {
    return new Random(`${this.#name}/${name}`);
  }

  /** Uniform in [0, 1). */
  next(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 0x1_0000_0000;
  }

  /** A whole number in [0, below). */
  int(below: number): number {
    return Math.floor(this.next() * below);
  }

  between(min: number, max: number): number {
    return min + this.next() * (max - min);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.int(items.length)];
    if (item === undefined) throw new RangeError('there is nothing to pick from');
    return item;
  }

  /** Picks by weight. */
  weighted<T>(items: readonly (readonly [number, T])[]): T {
    let rest = this.next() * items.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, item] of items) {
      rest -= weight;
      if (rest < 0) return item;
    }
    throw new RangeError('there is nothing to pick from');
  }
}
