/** Describes endpoints out of their table. */
import type { Route } from './routes.js';

export const title = 'Oakestra root api';

/** `:id` of the table in the form of OpenAPI. */
const pathOf = ({ path }: Route): string => path.replace(/:(\w+)/g, '{$1}');

const parametersOf = ({ path }: Route): readonly object[] =>
  [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));

const asksForToken = ({ guard }: Route): boolean => guard !== 'public' && guard !== 'peer';

/** `oakestraListServices` in words. */
const summaryOf = ({ id }: Route): string => {
  const words = id
    .replace(/^oakestra/, '')
    .replace(/([A-Z])/g, ' $1')
    .trim()
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

const operationOf = (route: Route): object => ({
  operationId: route.id,
  summary: summaryOf(route),
  parameters: parametersOf(route),
  responses: {
    200: { description: 'Done.' },
    default: {
      description: 'Refused.',
      content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
    },
  },
  ...(asksForToken(route) ? { security: [{ bearer: [] }] } : {}),
});

/** OpenAPI 3.0. */
export function openApiDocument(routes: readonly Route[]): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes)
    (paths[pathOf(route)] ??= {})[route.method.toLowerCase()] = operationOf(route);
  return {
    openapi: '3.0.2',
    info: { title, version: 'v1' },
    paths,
    components: {
      schemas: {
        Error: {
          type: 'object',
          properties: {
            code: { type: 'integer' },
            status: { type: 'string' },
            message: { type: 'string' },
            errors: { type: 'object' },
          },
        },
      },
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    },
  };
}
