/** What the contract documents, read from the document itself and not from the code that serves it. */
import { ownContract } from '../../src/http/compat.js';
import { loadContract } from '../../src/http/contract-document.js';
import type { OperationId } from '../../src/http/contract.js';

const whole = loadContract();

/** The contract without compatibility surfaces: what every manager serves. */
export const contract = ownContract(whole);

/** The operations of a compatibility surface. */
export const compatOperations = (tag: string) =>
  whole.operations.filter((operation) => operation.tag === tag);

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

const allAnswers: readonly DocumentedAnswer[] = Object.values(whole.document.paths)
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

/** Every answer of the operations with a number for a status; `default` and `4XX` are left out. */
export const answersOf = (operations: readonly { readonly id: string }[]) =>
  allAnswers.filter(({ operationId }) => operations.some(({ id }) => id === operationId));

export const documentedAnswers = answersOf(contract.operations);

export const documentedAnswer = (
  operationId: string,
  status: number,
): DocumentedAnswer | undefined =>
  allAnswers.find((each) => each.operationId === operationId && each.status === status);
