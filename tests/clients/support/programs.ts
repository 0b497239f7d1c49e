import type { ServiceDescriptor } from '../../../clients/typescript/src/agent/index.js';

let lastId = 0;

/** An instance id that no other test of this file uses. */
export function freshId(): string {
  lastId += 1;
  return lastId.toString(16).padStart(24, '0');
}

/** A run order for a program. */
export function run(
  instanceId: string,
  descriptor: Partial<ServiceDescriptor>,
  more: { generation?: number; worker?: string; ordinal?: number } = {},
) {
  return {
    action: 'run' as const,
    instanceId,
    generation: 1,
    serviceId: 'f'.repeat(24),
    ordinal: 0,
    revision: 1,
    ...more,
    descriptor: { name: 'hello', ...descriptor },
  };
}

export function stop(instanceId: string, generation = 1) {
  return { action: 'stop' as const, instanceId, generation };
}

export const shell = (script: string): string[] => ['/bin/sh', '-c', script];

export const sleeper: Partial<ServiceDescriptor> = { command: ['sleep', '1000'] };

/** Serves its environment over HTTP, a moment after its start. */
export const server: Partial<ServiceDescriptor> = {
  command: [
    'node',
    '-e',
    `const server = require('http').createServer((q, s) => s.end(JSON.stringify(process.env)));
     setTimeout(() => server.listen(process.env.PORT), 100); console.log('serving');`,
  ],
  ports: [{ containerPort: 8080 }],
};
