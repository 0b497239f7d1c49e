import { cancelOperation } from '../../domain/operation/cancel-operation.js';
import type { Operation } from '../../domain/operation/operation.js';
import type { Ports } from '../../domain/ports.js';
import type { Handlers } from '../contract.js';
import { fromPage, toPageRequest } from '../paging.js';
import { toOperation } from '../views.js';

/** Waits for the end of an operation. */
export type WaitForOperation = (
  id: string,
  waitMs: number,
  signal: AbortSignal,
) => Promise<Operation>;

export const operationHandlers = (ports: Ports, wait: WaitForOperation) =>
  ({
    listOperations: async ({ query }) => {
      const { subjectId, state } = query;
      const page = await ports.operations.list({ subjectId, state }, toPageRequest(query));
      return { status: 200, body: fromPage(page, toOperation) };
    },
    getOperation: async ({ path, query, signal }) => ({
      status: 200,
      body: toOperation(await wait(path.operationId, query.waitMs, signal)),
    }),
    cancelOperation: async ({ path }) => ({
      status: 200,
      body: toOperation(await cancelOperation(ports, path.operationId)),
    }),
  }) satisfies Partial<Handlers>;
