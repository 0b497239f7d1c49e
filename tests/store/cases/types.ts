/** Shapes of the table-driven cases; every behaviour is one MongoDB documents. */
export type Document = Record<string, unknown>;

/** Which documents a filter finds, by `_id`, in any order. */
export interface QueryCase {
  readonly name: string;
  readonly docs: readonly Document[];
  readonly filter: Document;
  readonly ids?: readonly unknown[];
  /** Instead of ids: the error code. */
  readonly error?: number;
}

/** What an update makes of one document. */
export interface UpdateCase {
  readonly name: string;
  readonly before?: Document;
  readonly filter?: Document;
  readonly update: Document;
  readonly upsert?: boolean;
  readonly after?: Document;
  readonly error?: number;
}

/** What find gives back, in order. */
export interface FindCase {
  readonly name: string;
  readonly docs: readonly Document[];
  readonly filter?: Document;
  readonly sort?: Document;
  readonly skip?: number;
  readonly limit?: number;
  readonly projection?: Document;
  readonly expect?: readonly Document[];
  readonly ids?: readonly unknown[];
  readonly error?: number;
}

/** What a pipeline gives back; groups are compared in any order. */
export interface PipelineCase {
  readonly name: string;
  readonly docs: readonly Document[];
  readonly pipeline: readonly Document[];
  readonly expect?: readonly Document[];
  readonly anyOrder?: boolean;
  readonly error?: number;
}

/** A write command on a collection that holds `docs`, and what is answered. */
export interface WriteCase {
  readonly name: string;
  readonly docs?: readonly Document[];
  /** A unique index to have. */
  readonly unique?: Document;
  /** Without the name of the collection, which goes under `command`. */
  readonly command: 'insert' | 'update' | 'delete' | 'findAndModify';
  readonly fields: Document;
  /** The answer, field by field in order, without `opTime`, `electionId` and what every command may be answered; messages are left out. */
  readonly reply?: Document;
  /** Instead of an answer: the code of the command's error. */
  readonly error?: number;
  /** All documents afterwards, by `_id`. */
  readonly after?: readonly Document[];
  /** Whether the collection exists afterwards. */
  readonly exists?: boolean;
}
