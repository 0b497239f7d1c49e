import { DomainError } from '../../domain/errors.js';
import type { Ports } from '../../domain/ports.js';
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

export const serviceHandlers = (ports: Ports, scheduler: Scheduler) =>
  ({
    listServices: async ({ query }) => {
      const { application, name, phase } = query;
      const page = await ports.services.list({ application, name, phase }, toPageRequest(query));
      return { status: 200, body: fromPage(page, toService) };
    },
    deployService: async ({ body }) =>
      accepted(await deployService(ports, fromDescriptorBody(body))),
    planService: async ({ body }) => ({
      status: 200,
      body: toPlan(await planService(ports, scheduler, fromDescriptorBody(body))),
    }),
    getService: async ({ path }) => {
      const service = await getService(ports.services, path.serviceId);
      return { status: 200, headers: { ETag: etag(service) }, body: toService(service) };
    },
    updateService: async ({ path, header, body }) => {
      const version = expectedVersion(header['If-Match']);
      return accepted(
        await updateService(ports, path.serviceId, fromDescriptorBody(body), version),
      );
    },
    terminateService: async ({ path, header }) => {
      const version = expectedVersion(header['If-Match']);
      return accepted(await terminateService(ports, path.serviceId, version));
    },
    scaleService: async ({ path, header, body }) => {
      const version = expectedVersion(header['If-Match']);
      return accepted(await scaleService(ports, path.serviceId, fromScaleBody(body), version));
    },
    listRevisions: async ({ path }) => ({
      status: 200,
      body: toRevisionList(await getService(ports.services, path.serviceId)),
    }),
    rollbackService: async ({ path, header, body }) => {
      const version = expectedVersion(header['If-Match']);
      return accepted(await rollbackService(ports, path.serviceId, body.revision, version));
    },
    pauseUpdate: async ({ path, header }) => {
      const version = expectedVersion(header['If-Match']);
      const service = await pauseUpdate(ports, path.serviceId, version);
      return { status: 200, headers: { ETag: etag(service) }, body: toService(service) };
    },
    resumeUpdate: async ({ path, header }) => {
      const version = expectedVersion(header['If-Match']);
      return accepted(await resumeUpdate(ports, path.serviceId, version));
    },
    migrateService: async ({ path, header, body }) => {
      const version = expectedVersion(header['If-Match']);
      const wish = {
        to: body.to,
        instanceIds: body.instanceIds,
        strategy: body.strategy,
        timeoutMs: body.timeoutSeconds * 1000,
        healthyMs: body.healthySeconds * 1000,
      };
      return accepted(await migrateService(ports, path.serviceId, wish, version));
    },
  }) satisfies Partial<Handlers>;
