/** Compiles only when the argument is `true`. */
export type Expect<T extends true> = T;

/** Whether two types are the same, optional and readonly marks included. */
export type Equal<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** An intersection or alias written out, so that only the shape counts. */
export type Plain<T> = T extends (infer Item)[]
  ? Plain<Item>[]
  : T extends object
    ? { [Key in keyof T]: Plain<T[Key]> }
    : T;
