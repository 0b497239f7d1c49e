/** `make bench-ui`: how long it takes until the overview of a large installation can be used, and until a change shows on it. */
import { createClient } from '@system-manager/client';
import type { Page } from 'playwright-core';
import { until } from '../../scripts/plant.js';
import { adminToken } from '../support/app.js';
import { launch } from './support/browser.js';
import { startFleet } from './support/fleet.js';

const clusters = Number(process.env['CLUSTERS'] ?? 1_000);
const instances = Number(process.env['INSTANCES'] ?? 100_000);
const rounds = 5;
const usableMsMax = 2_000;
const shownMsMax = 1_000;

const formatted = (count: number): string => count.toLocaleString('en');
const shows = (page: Page, text: string) => page.getByText(text, { exact: true }).waitFor();

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return Math.round(performance.now() - begun);
}

/** Median and worst of some rounds, in milliseconds. */
function told(name: string, times: readonly number[], limit: number): boolean {
  const sorted = times.toSorted((a, b) => a - b);
  const worst = sorted.at(-1) ?? Number.POSITIVE_INFINITY;
  const median = sorted[Math.floor(sorted.length / 2)] ?? worst;
  console.log(
    `${name.padEnd(44)} median ${median} ms, worst ${worst} ms, wanted below ${limit} ms`,
  );
  return median < limit;
}

const filled = performance.now();
const manager = await startFleet(clusters, instances);
const seconds = Math.round((performance.now() - filled) / 1000);
console.log(
  `${formatted(clusters)} clusters and ${formatted(instances)} instances, filled in ${seconds} s`,
);
const client = createClient({ baseUrl: manager.url, token: adminToken });
// A manager that starts looks at everything once.
const looked = await timed(() =>
  until('all services were looked at', () => manager.app.waiting() === 0, {
    limitMs: 300_000,
    everyMs: 250,
  }),
);
console.log(`looked at all of it within ${Math.round(looked / 1000)} s more`);
const browser = await launch();
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(`${manager.url}/ui`);
  await page.getByRole('button', { name: 'With a token instead' }).click();
  await page.getByLabel('Token or API key').fill(adminToken);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await shows(page, `${formatted(instances)} instances`);

  const usable: number[] = [];
  const listed: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    usable.push(
      await timed(async () => {
        await page.goto(`${manager.url}/ui`, { waitUntil: 'commit' });
        await shows(page, `${formatted(instances)} instances`);
      }),
    );
    listed.push(
      await timed(async () => {
        await page.getByRole('navigation').getByRole('link', { name: 'Instances' }).click();
        await page.getByRole('link', { name: 'service-0 0', exact: true }).waitFor();
      }),
    );
  }

  await page.goto(`${manager.url}/ui`);
  await page.getByText('Live', { exact: true }).waitFor();
  const changed: number[] = [];
  const services = Math.ceil(instances / 100);
  for (let round = 1; round <= rounds; round += 1) {
    const body = { name: `change-${round}`, replicas: 0, command: ['true'] };
    changed.push(
      await timed(async () => {
        await client.post('/api/v1/services', { body });
        await shows(page, `${formatted(services + round)} services`);
      }),
    );
  }
  const fine = [
    told('overview usable, from the address on', usable, usableMsMax),
    told('instances listed, from the click on', listed, usableMsMax),
    told('a change shows, from the request on', changed, shownMsMax),
  ];
  if (fine.includes(false)) process.exitCode = 1;
} finally {
  await browser.close();
  await client.close();
  await manager.close();
}
