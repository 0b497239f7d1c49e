/** A manager with two agents on real coordinates, as `make start` has them, and somebody who looks at its page. */
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { readToken } from '../../../scripts/plant.js';
import { Plant } from '../../smoke/plant.js';
import { Complaints, launch } from './browser.js';

const coordinates: Readonly<Record<string, { latitude: number; longitude: number }>> = {
  'local-a': { latitude: 48.14, longitude: 11.58 },
  'local-b': { latitude: 38.72, longitude: -9.14 },
};

/** A service that needs nothing but Node.js, and runs until it is stopped. */
export const sleeper = (name: string, replicas: number) => ({
  name,
  replicas,
  command: ['node', '-e', 'setInterval(() => {}, 1000)'],
  resources: { cpuCores: 0.1, memoryMiB: 32 },
});

export class Scene {
  readonly plant: Plant;
  readonly browser: Browser;
  readonly token: string;
  readonly #contexts: BrowserContext[] = [];

  private constructor(plant: Plant, browser: Browser, token: string) {
    this.plant = plant;
    this.browser = browser;
    this.token = token;
  }

  static async start(): Promise<Scene> {
    const plant = await Plant.create();
    const since = Date.now();
    await plant.startManager();
    await plant.startAgents();
    await plant.clustersActive(since);
    for await (const { id, name } of plant.client.paginate('/api/v1/clusters'))
      await plant.client.patch('/api/v1/clusters/{clusterId}', {
        params: { path: { clusterId: id } },
        body: { ...(coordinates[name] && { coordinates: coordinates[name] }) },
      });
    return new Scene(plant, await launch(), await readToken(plant.dataDir, 'admin-token'));
  }

  get url(): string {
    return this.plant.manager.url;
  }

  /** A browser of its own, in which nobody is signed in. */
  async open(options: BrowserContextOptions = {}): Promise<{ page: Page; complaints: Complaints }> {
    const context = await this.browser.newContext({
      viewport: { width: 1280, height: 800 },
      ...options,
    });
    this.#contexts.push(context);
    const complaints = new Complaints(context, this.url);
    // Generous for a machine that others use too, and less than a test may take, so that the step that failed is named.
    context.setDefaultTimeout(60_000);
    return { page: await context.newPage(), complaints };
  }

  /** Signs the first user in. */
  async signIn(page: Page): Promise<void> {
    await page.goto(`${this.url}/ui`);
    await page.getByLabel('User').fill('admin');
    await page.getByLabel('Password').fill(this.token);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
  }

  async stop(): Promise<void> {
    await Promise.all(this.#contexts.map((context) => context.close()));
    await this.browser.close();
    await this.plant.remove();
  }
}
