import { DomainError } from '../../domain/errors.js';
import type { Scheduler } from '../../domain/scheduling/scheduling.js';
import { deployService, type ServiceWish } from '../../domain/service/deploy-service.js';
import { getService } from '../../domain/service/get-service.js';
import { migrateService } from '../../domain/service/migrate-service.js';
import { pauseUpdate, resumeUpdate } from '../../domain/service/pause-update.js';
import { planService } from '../../domain/service/plan-service.js';
import { rollbackService } from '../../domain/service/rollback-service.js';
import { scaleService, type Scale } from '../../domain/service/scale-service.js';
import { terminateService } from '../../domain/service/terminate-service.js';
import { updateService } from '../../domain/service/update-service.js';
import type { Body, Handlers } from '../contract.js';
import type { PortsFor } from '../ports-for.js';
import { fromPage, toPageRequest } from '../paging.js';
import {
  etag,
  expectedVersion,
  fromDescriptorBody,
  toOperation,
  toPlan,
  toRevisionList,
  toService,
} from '../views.js';

const accepted = ({ service, operation }: ServiceWish) => ({
  status: 202 as const,
  headers: { Location: `/api/v1/operations/${operation.id}`, ETag: etag(service) },
  body: { service: toService(service), operation: toOperation(operation) },
});

function fromScaleBody({ replicas, by }: Body<'scaleService'>): Scale {
  if (replicas !== undefined) return { replicas };
  if (by !== undefined) return { by };
  throw new DomainError('validation-failed', 'Either replicas or by is needed.');
}

export const serviceHandlers = (portsFor: PortsFor, scheduler: Scheduler) =>
  ({
    listServices: async ({ principal, query }) => {
      const { application, name, phase } = query;
      const page = await portsFor(principal).services.list(
        { application, name, phase },
        toPageRequest(query),
      );
      return { status: 200, body: fromPage(page, toService) };
    },
    deployService: async ({ principal, body }) =>
      accepted(await deployService(portsFor(principal), fromDescriptorBody(body))),
    planService: async ({ principal, body }) => ({
      status: 200,
      body: toPlan(await planService(portsFor(principal), scheduler, fromDescriptorBody(body))),
    }),
    getService: async ({ principal, path }) => {
      const service = await getService(portsFor(principal).services, path.serviceId);
      return { status: 200, headers: { ETag: etag(service) }, body: toService(service) };
    },
    updateService: async ({ principal, path, header, body }) => {
      const version = expectedVersion(header['If-Match']);
      return accepted(
        await updateService(portsFor(principal), path.serviceId, fromDescriptorBody(body), version),
      );
    },
    terminateService: async ({ principal, path, header }) => {
      const version = expectedVersion(header['If-Match']);
      return accepted(await terminateService(portsFor(principal), path.serviceId, version));
    },
    scaleService: async ({ principal, path, header, body }) => {
      const version = expectedVersion(header['If-Match']);
      return accepted(
        await scaleService(portsFor(principal), path.serviceId, fromScaleBody(body), version),
      );
    },
    listRevisions: async ({ principal, path }) => ({
      status: 200,
      body: toRevisionList(await getService(portsFor(principal).services, path.serviceId)),
    }),
    rollbackService: async ({ principal, path, header, body }) => {
      const version = expectedVersion(header['If-Match']);
      return accepted(
        await rollbackService(portsFor(principal), path.serviceId, body.revision, version),
      );
    },
    pauseUpdate: async ({ principal, path, header }) => {
      const version = expectedVersion(header['If-Match']);
      const service = await pauseUpdate(portsFor(principal), path.serviceId, version);
      return { status: 200, headers: { ETag: etag(service) }, body: toService(service) };
    },
    resumeUpdate: async ({ principal, path, header }) => {
      const version = expectedVersion(header['If-Match']);
      return accepted(await resumeUpdate(portsFor(principal), path.serviceId, version));
    },
    migrateService: async ({ principal, path, header, body }) => {
      const version = expectedVersion(header['If-Match']);
      const wish = {
        to: body.to,
        instanceIds: body.instanceIds,
        strategy: body.strategy,
        timeoutMs: body.timeoutSeconds * 1000,
        healthyMs: body.healthySeconds * 1000,
      };
      return accepted(await migrateService(portsFor(principal), path.serviceId, wish, version));
    },
  }) satisfies Partial<Handlers>;
