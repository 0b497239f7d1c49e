/** The answer of a write, as it is remembered for a repeated request. */
export interface RememberedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** What makes two requests the same. */
export interface IdempotencyKey {
  /** Who asks (see `principalName`); keys of different principals never meet. */
  readonly principal: string;
  readonly key: string;
  readonly operationId: string;
  /** Digest of path, query and body. */
  readonly fingerprint: string;
}

export interface IdempotentWrites {
  /**
   * Does the work and remembers its answer, both in one transaction; a repeated key gets the remembered answer instead.
   * `work` may run more than once when the transaction has to be tried again, so its only effects are store writes.
   *
   * @throws DomainError `idempotency-key-reused` - the key was used with another operation or fingerprint
   */
  once(
    key: IdempotencyKey,
    work: () => Promise<RememberedAnswer>,
  ): Promise<{ answer: RememberedAnswer; replayed: boolean }>;
}
