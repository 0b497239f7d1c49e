/** Serves the contract itself and Swagger UI, which reads it. */
import helmet from '@fastify/helmet';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import type { Contract } from './contract-document.js';

const operationNamed = (contract: Contract, id: string): Contract['operations'][number] => {
  const operation = contract.operations.find((candidate) => candidate.id === id);
  if (operation === undefined) throw new Error(`the contract has no operation ${id}`);
  return operation;
};

/**
 * Swagger UI needs its own scripts, pictures as data, and styles written by script; all else is closed.
 * `upgrade-insecure-requests` stays out: the manager may speak plain HTTP behind whatever ends TLS.
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Security headers for every answer. The policy is a constant here: helmet puts it together anew for each answer. */
export const useSecurityHeaders = async (
  app: FastifyInstance,
  encrypted: boolean,
): Promise<void> => {
  await app.register(helmet, {
    global: true,
    strictTransportSecurity: encrypted,
    contentSecurityPolicy: false,
  });
  app.addHook('onRequest', (_request, reply, done) => {
    void reply.header('content-security-policy', contentSecurityPolicy);
    done();
  });
};

/** `/openapi.yaml` and everything at and below `/docs`. */
export const useDocs = async (app: FastifyInstance, contract: Contract): Promise<void> => {
  const operation = operationNamed(contract, 'getContract');
  app.route({
    method: operation.method,
    url: operation.url,
    config: { operation },
    handler: (_request, reply) =>
      reply
        .type('application/yaml; charset=utf-8')
        .header('cache-control', 'no-cache')
        .send(contract.text),
  });
  type Document = NonNullable<swagger.StaticDocumentSpec['document']>;
  await app.register(swagger, {
    mode: 'static',
    specification: { document: contract.document as unknown as Document },
  });
  await app.register(swaggerUi, {
    routePrefix: operationNamed(contract, 'getDocs').url,
    uiConfig: { deepLinking: true, displayRequestDuration: true, persistAuthorization: false },
  });
};
