/** Every page, for those who look at all of them. */
import type { SystemManagerClient } from '@system-manager/client';
import type { Page } from 'playwright-core';
import { sleeper } from './scene.js';

const names = [
  'overview',
  'clusters',
  'cluster',
  'map',
  'services',
  'service',
  'instances',
  'instance',
  'deploy',
  'events',
  'access',
] as const;
export const pageNames: readonly PageName[] = names;
export type PageName = (typeof names)[number];

export interface Stop {
  readonly name: PageName;
  readonly path: string;
  /** A heading of the page. */
  readonly heading: RegExp;
  /** What is there once the page has read everything. */
  readonly ready: string;
}

/** Deploys something to look at, and says where all pages are. */
export async function tour(client: SystemManagerClient): Promise<readonly Stop[]> {
  const { service, operation } = await client.post('/api/v1/services', {
    body: sleeper('showcase', 3),
  });
  await client.waitForOperation(operation.id);
  const query = { serviceId: service.id };
  const [instance] = (await client.get('/api/v1/instances', { params: { query } })).items;
  const clusterId = instance?.clusterId;
  if (instance === undefined || clusterId === undefined) throw new Error('nothing was placed');
  return [
    { name: 'overview', path: '/ui', heading: /Overview/, ready: 'text=/3 instances/' },
    { name: 'clusters', path: '/ui/clusters', heading: /Clusters/, ready: 'text=local-b' },
    {
      name: 'cluster',
      path: `/ui/clusters/${clusterId}`,
      heading: /Cluster local/,
      ready: '.uplot',
    },
    { name: 'map', path: '/ui/map', heading: /Map/, ready: '.world circle >> nth=1' },
    { name: 'services', path: '/ui/services', heading: /Services/, ready: 'text=showcase' },
    {
      name: 'service',
      path: `/ui/services/${service.id}`,
      heading: /showcase/,
      ready: 'text=showcase 2',
    },
    { name: 'instances', path: '/ui/instances', heading: /Instances/, ready: 'text=showcase 2' },
    {
      name: 'instance',
      path: `/ui/instances/${instance.id}`,
      heading: /showcase 0/,
      ready: 'text=could take it',
    },
    { name: 'deploy', path: '/ui/deploy', heading: /Deploy/, ready: 'text=could take it' },
    { name: 'events', path: '/ui/events', heading: /Events/, ready: 'text=service' },
    { name: 'access', path: '/ui/access', heading: /Access/, ready: 'text=admin' },
  ];
}

/** Goes there and waits until everything is drawn. */
export async function visit(page: Page, origin: string, stop: Stop): Promise<void> {
  await page.goto(`${origin}${stop.path}`);
  await page.getByRole('heading', { level: 1, name: stop.heading }).waitFor();
  await page.locator(stop.ready).first().waitFor();
}
