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
