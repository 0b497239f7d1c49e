import type { ServiceDescriptor } from '@system-manager/client/agent';
import type { InstanceRecord } from './journal.js';
import type { PortBinding } from './ports.js';
import type { Environment } from './proc.js';
import { markers } from './process-group.js';

/** What instances inherit of the agent's own environment; above all not its tokens. */
const inherited = ['PATH', 'HOME', 'USER', 'LOGNAME', 'SHELL', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR'];

/** The environment of an instance: the machine's, then the descriptor's, then what the agent has to say. */
export function toEnvironment(
  agentId: string,
  { order }: InstanceRecord,
  ports: readonly PortBinding[],
  own: NodeJS.ProcessEnv = process.env,
): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const name of inherited) {
    const value = own[name];
    if (value !== undefined) environment[name] = value;
  }
  Object.assign(environment, order.descriptor.environment);
  const [first] = ports;
  if (first !== undefined) environment['PORT'] = String(first.hostPort);
  for (const port of ports) environment[`PORT_${port.containerPort}`] = String(port.hostPort);
  return {
    ...environment,
    [markers.agent]: agentId,
    [markers.instance]: order.instanceId,
    [markers.generation]: String(order.generation),
    SM_ORDINAL: String(order.ordinal),
    SM_SERVICE: order.descriptor.name,
  };
}

/** The ports that `toEnvironment` told a process; those that it does not know are left out. */
export function portsFromEnvironment(
  descriptor: ServiceDescriptor,
  environment: Environment,
): PortBinding[] {
  return (descriptor.ports ?? []).flatMap(({ containerPort, protocol = 'tcp' }) => {
    const hostPort = Number(environment.get(`PORT_${containerPort}`));
    return Number.isInteger(hostPort) && hostPort > 0
      ? [{ containerPort, hostPort, protocol }]
      : [];
  });
}
