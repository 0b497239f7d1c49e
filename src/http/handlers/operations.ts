import { cancelOperation } from '../../domain/operation/cancel-operation.js';
import { getOperation } from '../../domain/operation/get-operation.js';
import type { Operation } from '../../domain/operation/operation.js';
import type { Handlers } from '../contract.js';
import type { PortsFor } from '../ports-for.js';
import { fromPage, toPageRequest } from '../paging.js';
import { toOperation } from '../views.js';

/** Waits for the end of an operation. */
export type WaitForOperation = (
  id: string,
  waitMs: number,
  signal: AbortSignal,
) => Promise<Operation>;

export const operationHandlers = (portsFor: PortsFor, wait: WaitForOperation) =>
  ({
    listOperations: async ({ principal, query }) => {
      const { subjectId, state } = query;
      const page = await portsFor(principal).operations.list(
        { subjectId, state },
        toPageRequest(query),
      );
      return { status: 200, body: fromPage(page, toOperation) };
    },
    getOperation: async ({ principal, path, query, signal }) => {
      await getOperation(portsFor(principal).operations, path.operationId);
      return {
        status: 200,
        body: toOperation(await wait(path.operationId, query.waitMs, signal)),
      };
    },
    cancelOperation: async ({ principal, path }) => ({
      status: 200,
      body: toOperation(await cancelOperation(portsFor(principal), path.operationId)),
    }),
  }) satisfies Partial<Handlers>;
