/** Counts how requests ended, and keeps what must not be. */
export class Tally {
  readonly counts = new Map<string, number>();
  readonly faults: string[] = [];

  add(what: string, outcome: string): void {
    const key = `${what} ${outcome}`;
    this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
  }

  /** An answer: what is refused for its amount says when to come again, and nothing fails inside. */
  answered(what: string, status: number, retryAfter: string | undefined): void {
    this.add(what, String(status));
    if ((status === 429 || status === 503) && retryAfter === undefined)
      this.fault(`${what}: ${status} without Retry-After`);
    if (status >= 500 && status !== 503) this.fault(`${what}: ${status}`);
  }

  fault(text: string): void {
    if (this.faults.length < 20) this.faults.push(text);
  }

  count(what: string, outcome: string): number {
    return this.counts.get(`${what} ${outcome}`) ?? 0;
  }

  /** How many of what ended so, for each. */
  lines(): readonly string[] {
    return [...this.counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, n]) => `${key}: ${n}`);
  }
}
