import type mongoose from 'mongoose';
import type { Change } from '../domain/change.js';
import { fromClusterDocument } from './clusters.js';
import {
  isOurs,
  type ClusterDocument,
  type FeedDocument,
  type InstanceDocument,
  type OperationDocument,
  type ServiceDocument,
} from './documents.js';
import { fromInstanceDocument } from './instances.js';
import { fromOperationDocument } from './operations.js';
import { fromServiceDocument } from './services.js';

type RawChange = mongoose.mongo.ChangeStreamDocument;

/** The collections that the feed follows, by database and name. */
export const followed = [
  { db: 'clusters', coll: 'clusters' },
  { db: 'jobs', coll: 'jobs' },
  { db: 'jobs', coll: 'instances' },
  { db: 'jobs', coll: 'operations' },
] as const;

/** Where the end of the history stands. Who does not write it hears from there that it has grown. */
export const historyPlace = { db: 'jobs', coll: 'feed' } as const;

/** The last sequence number of the history, where the change is one of it. */
export function historyEnd(raw: RawChange): number | undefined {
  if (!('ns' in raw) || !('coll' in raw.ns)) return undefined;
  if (raw.ns.db !== historyPlace.db || raw.ns.coll !== historyPlace.coll) return undefined;
  const document: unknown = 'fullDocument' in raw ? raw.fullDocument : undefined;
  return (document as FeedDocument | undefined)?.sequence ?? 0;
}

const topLevel = (path: string): string => path.split('.', 1)[0] ?? path;

function changedFields(raw: RawChange): ReadonlySet<string> {
  if (raw.operationType !== 'update') return new Set();
  const { updatedFields = {}, removedFields = [] } = raw.updateDescription;
  return new Set([...Object.keys(updatedFields), ...removedFields].map(topLevel));
}

const kinds: Readonly<Record<string, Change['kind']>> = {
  insert: 'insert',
  update: 'update',
  replace: 'update',
  delete: 'delete',
};

/** The change in words of the domain; nothing for what nobody follows. */
export function fromRawChange(raw: RawChange): Change | undefined {
  const kind = kinds[raw.operationType];
  if (kind === undefined || !('ns' in raw) || !('coll' in raw.ns) || !('documentKey' in raw))
    return undefined;
  const document: unknown = 'fullDocument' in raw ? raw.fullDocument : undefined;
  const base = {
    id: String(raw.documentKey._id),
    kind,
    fields: changedFields(raw),
    at: raw.wallTime?.getTime() ?? Date.now(),
  };
  const ours = typeof document === 'object' && document !== null && isOurs(document);
  const after = <D, T>(convert: (document: D) => T): T | undefined =>
    ours ? convert(document as D) : undefined;
  switch (`${raw.ns.db}.${raw.ns.coll}`) {
    case 'clusters.clusters':
      return {
        ...base,
        subject: 'cluster',
        after: after<ClusterDocument, ReturnType<typeof fromClusterDocument>>(fromClusterDocument),
      };
    case 'jobs.jobs':
      return {
        ...base,
        subject: 'service',
        after: after<ServiceDocument, ReturnType<typeof fromServiceDocument>>(fromServiceDocument),
      };
    case 'jobs.instances':
      return {
        ...base,
        subject: 'instance',
        after: after<InstanceDocument, ReturnType<typeof fromInstanceDocument>>(
          fromInstanceDocument,
        ),
      };
    case 'jobs.operations':
      return {
        ...base,
        subject: 'operation',
        after: after<OperationDocument, ReturnType<typeof fromOperationDocument>>(
          fromOperationDocument,
        ),
      };
    default:
      return undefined;
  }
}
