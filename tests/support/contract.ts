/** What the contract documents, read from the document itself and not from the code that serves it. */
import { loadContract } from '../../src/http/contract-document.js';
import type { OperationId } from '../../src/http/contract.js';

export const contract = loadContract();

/** One documented answer of one operation. */
export interface DocumentedAnswer {
  readonly operationId: OperationId;
  readonly status: number;
  /** Names of the headers that the answer carries, in lower case. */
  readonly headers: readonly string[];
  readonly mediaTypes: readonly string[];
}

interface ResponseObject {
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly content?: Readonly<Record<string, unknown>>;
}

interface OperationObject {
  readonly operationId: OperationId;
  readonly responses: Readonly<Record<string, ResponseObject | { readonly $ref: string }>>;
}

const shared = contract.document.components['responses'] as Record<string, ResponseObject>;

const resolve = (response: ResponseObject | { readonly $ref: string }): ResponseObject =>
  '$ref' in response ? (shared[response.$ref.split('/').at(-1) ?? ''] ?? {}) : response;

const isOperation = (node: unknown): node is OperationObject =>
  typeof node === 'object' && node !== null && 'operationId' in node;

/** Every answer with a number for a status; `default` and `4XX` are left out. */
export const documentedAnswers: readonly DocumentedAnswer[] = Object.values(contract.document.paths)
  .flatMap((item) => Object.values(item).filter(isOperation))
  .flatMap(({ operationId, responses }) =>
    Object.entries(responses)
      .filter(([status]) => /^\d+$/.test(status))
      .map(([status, response]) => {
        const { headers = {}, content = {} } = resolve(response);
        return {
          operationId,
          status: Number(status),
          headers: Object.keys(headers).map((name) => name.toLowerCase()),
          mediaTypes: Object.keys(content),
        };
      }),
  );

export const documentedAnswer = (
  operationId: string,
  status: number,
): DocumentedAnswer | undefined =>
  documentedAnswers.find((each) => each.operationId === operationId && each.status === status);
