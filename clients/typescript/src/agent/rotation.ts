import type { Proof } from './proof.js';

interface Asking {
  readonly resolve: (credential: string) => void;
  readonly reject: (error: Error) => void;
}

/** The change of an agent's credential: asked for in one frame, answered in another, stored before it is used. */
export class Rotation {
  readonly #proof: Proof;
  #asking: Asking | undefined;

  constructor(proof: Proof) {
    this.#proof = proof;
  }

  /**
   * Resolves once the new credential is stored.
   *
   * @throws Error - another one is under way, the session ended before the answer, or it cannot be stored
   */
  async ask(send: () => void): Promise<void> {
    if (this.#asking !== undefined) throw new Error('a change of the credential is under way');
    try {
      const credential = await new Promise<string>((resolve, reject) => {
        this.#asking = { resolve, reject };
        send();
      });
      await this.#proof.replace(credential);
    } finally {
      this.#asking = undefined;
    }
  }

  answer(credential: string): void {
    this.#asking?.resolve(credential);
  }

  /** The session is over. */
  abandon(): void {
    this.#asking?.reject(new Error('the session ended before the new credential came'));
  }
}
