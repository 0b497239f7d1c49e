/** A manager with the endpoints of 2021, and what its users do there. */
import type { AppOptions } from '../../src/app-options.js';
import { startTestManager, type ManagerSettings } from './app.js';
import { EdgeioClusterManager, sendJson, type PeerOptions } from './edgeio-cluster-manager.js';
import { Site } from './site.js';

export interface PlainAnswer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

/** A YAML descriptor of 2021 with a few fields replaced; `undefined` takes one out. */
export const jobYaml = (fields: Readonly<Record<string, unknown>> = {}): string =>
  Object.entries({
    api_version: 'v0.1',
    job_name: 'web',
    image: 'docker.io/library/nginx:1.27',
    requirements: { cpu: 1, memory: 128 },
    ...fields,
  })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}: ${JSON.stringify(value)}\n`)
    .join('');

/** Clusters are told again after a few milliseconds, and reports are believed at once. */
export const quickTiming = { retryMsMin: 5, retryMsMax: 50, settleMs: 0 };

export class EdgeioSite extends Site {
  readonly #peers: EdgeioClusterManager[] = [];

  static override async start(
    options: Partial<AppOptions> & ManagerSettings = {},
  ): Promise<EdgeioSite> {
    const edgeio = { clients: '127.0.0.0/8', timing: quickTiming };
    // These tests are not about who leads: a machine that is busy with others must not end that.
    const leaseMs = 60_000;
    return new EdgeioSite(await startTestManager({ edgeio, leaseMs, ...options }));
  }

  async join(options: PeerOptions): Promise<EdgeioClusterManager> {
    const peer = await EdgeioClusterManager.join(this.url, options);
    this.#peers.push(peer);
    return peer;
  }

  async createPeer(options: PeerOptions): Promise<EdgeioClusterManager> {
    const peer = await EdgeioClusterManager.create(this.url, options);
    this.#peers.push(peer);
    return peer;
  }

  /** A request to an endpoint of 2021, without any token. */
  async plain(path: string, init: RequestInit = {}): Promise<PlainAnswer> {
    const answer = await fetch(`${this.url}${path}`, { redirect: 'error', ...init });
    return {
      status: answer.status,
      type: answer.headers.get('content-type') ?? '',
      text: await answer.text(),
    };
  }

  post(path: string, body: unknown): Promise<{ status: number; text: string }> {
    return sendJson('POST', `${this.url}${path}`, body);
  }

  upload(yaml: string, name = 'job.yaml'): Promise<PlainAnswer> {
    const form = new FormData();
    form.set('file', new File([yaml], name));
    return this.plain('/api/deploy', { method: 'POST', body: form });
  }

  /** Deploys and returns the id of the job. */
  async deployJob(fields: Readonly<Record<string, unknown>> = {}): Promise<string> {
    const answer = await this.upload(jobYaml(fields));
    if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text}`);
    return (JSON.parse(answer.text) as { job_id: string }).job_id;
  }

  async jobStatus(id: string): Promise<string> {
    return (await this.plain(`/api/job/status/${id}`)).text.trim();
  }

  /** Waits until the status of the job is this one. The cluster reports meanwhile, where one is named. */
  async statusBecomes(id: string, status: string): Promise<void> {
    await this.until(`${id} is ${status}`, async () => (await this.jobStatus(id)) === status);
  }

  /** Has clusters report, again and again, until something holds. */
  async reportingUntil(
    peers: readonly EdgeioClusterManager[],
    what: string,
    look: () => Promise<boolean> | boolean,
  ): Promise<void> {
    const deadline = performance.now() + 60_000;
    for (;;) {
      for (const peer of peers) await peer.report();
      if (await look()) return;
      if (performance.now() > deadline) throw new Error(`did not come to be in time: ${what}`);
    }
  }

  override async close(): Promise<void> {
    await super.close();
    await Promise.all(this.#peers.map((peer) => peer.goAway()));
  }
}
