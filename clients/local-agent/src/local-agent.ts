import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  ClusterAgent,
  fileCertificateStore,
  fileCredentialStore,
  type AgentLog,
} from '@system-manager/client/agent';
import { lockDirectory } from './lock.js';
import type { AgentOptions } from './options.js';
import { ProcessTable } from './proc.js';
import { ProcessRuntime } from './process-runtime.js';
import { Workers } from './workers.js';

/** An agent that is at work. */
export interface LocalAgent {
  /** Resolves when the cluster was removed and nothing of it is left here. */
  readonly removed: Promise<void>;
  /**
   * Ends the agent.
   *
   * @param keep - leave the instances running, to be found again; otherwise they are stopped, and started again next time
   */
  close(keep: boolean): Promise<void>;
}

const sampleIntervalMs = 2_000;

/**
 * Puts the agent together: the runtime, which runs things, and the client, which speaks with the manager.
 *
 * @throws DirectoryInUse - another agent uses the data directory
 * @throws Error - the journal cannot be read, or there is neither credential nor enrolment token
 */
export async function startLocalAgent(options: AgentOptions, log: AgentLog): Promise<LocalAgent> {
  await mkdir(options.dataDir, { recursive: true, mode: 0o700 });
  const unlock = await lockDirectory(options.dataDir, new ProcessTable());
  try {
    return await start(options, log, unlock);
  } catch (error) {
    await unlock();
    throw error;
  }
}

async function start(
  options: AgentOptions,
  log: AgentLog,
  unlock: () => Promise<void>,
): Promise<LocalAgent> {
  const { dataDir, host, portRange, stopTimeoutMs, instancesMax } = options;
  const workers = new Workers(options.name, options.workers, options.capacity);
  let agent: ClusterAgent | undefined;
  const runtime = await ProcessRuntime.open({
    ...{ dataDir, host, portRange, stopTimeoutMs, instancesMax },
    ...{ sampleIntervalMs, workers, log },
    onChange: (report, urgent) => agent?.reportChanged(report, { urgent }),
  });
  try {
    const made = createAgent(options, runtime, log);
    agent = made;
    const removed = once(made, 'removed').then(() => runtime.settle());
    await made.start();
    const close = async (keep: boolean): Promise<void> => {
      await runtime.close(keep);
      await made.leave();
      await unlock();
    };
    return { removed, close };
  } catch (error) {
    // Without a session nobody can stop the instances; a better start will find them.
    await runtime.close(true);
    throw error;
  }
}

function createAgent(options: AgentOptions, runtime: ProcessRuntime, log: AgentLog): ClusterAgent {
  const { name, url, location, coordinates, labels, enrolmentToken } = options;
  return new ClusterAgent({
    name,
    url,
    labels,
    capabilities: ['process'],
    agentVersion: 'local-agent 0.1.0',
    credentialStore: fileCredentialStore(join(options.dataDir, 'credential')),
    capacity: () => options.capacity,
    use: () => runtime.use() ?? {},
    workers: () => runtime.workers(),
    instances: () => runtime.instances(),
    onRun: (order) => runtime.run(order),
    onStop: (order) => runtime.stop(order),
    leases: {
      leadMs: options.stopTimeoutMs,
      clock: runtime.leaseClock,
      held: runtime.leased(),
      ...(runtime.renewedAt === undefined ? {} : { renewedAt: runtime.renewedAt }),
      onRenewed: (renewedAt) => runtime.renewed(renewedAt),
    },
    log,
    ...(/^(https|wss):/i.test(url)
      ? { certificateStore: fileCertificateStore(join(options.dataDir, 'certificate')) }
      : {}),
    ...(location === undefined ? {} : { location }),
    ...(coordinates === undefined ? {} : { coordinates }),
    ...(enrolmentToken === undefined ? {} : { token: enrolmentToken }),
  });
}
