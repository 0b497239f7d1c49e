/** A promise that was not kept. */
export interface Violation {
  readonly promise: 'P1' | 'P2' | 'P3' | 'P4' | 'P5' | 'P6' | 'P7' | 'P8' | 'whole';
  readonly what: string;
  /** Milliseconds since the beginning; absent for what is seen at the end. */
  readonly at?: number;
}
