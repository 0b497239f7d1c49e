/** Every page in light, in dark and on a phone: no violation that axe finds, nothing that sticks out, and a keyboard is enough. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { picture, type Complaints } from './support/browser.js';
import { Scene } from './support/scene.js';
import { pageNames, tour, visit, type Stop } from './support/tour.js';

let scene: Scene;
let stops: readonly Stop[];
let axe: string;

beforeAll(async () => {
  scene = await Scene.start();
  stops = await tour(scene.plant.client);
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
});

afterAll(() => scene.stop());

/** What is wrong, in words: the rule and the elements that break it. */
async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe);
  const results = await page.evaluate<AxeResults>('axe.run()');
  return results.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

const looks: readonly (readonly [string, BrowserContextOptions])[] = [
  ['light', { colorScheme: 'light' }],
  ['dark', { colorScheme: 'dark' }],
  ['on a phone', { colorScheme: 'light', viewport: { width: 360, height: 740 } }],
];

describe.each(looks)('every page, %s,', (look, options) => {
  let page: Page;
  let complaints: Complaints;

  beforeAll(async () => {
    ({ page, complaints } = await scene.open(options));
  });

  it('has nothing that axe complains of where somebody signs in', async () => {
    await page.goto(`${scene.url}/ui`);
    await page.getByLabel('User').waitFor();
    expect(await violations(page)).toEqual([]);
    await scene.signIn(page);
  });

  it.each(pageNames)(
    'has nothing that axe complains of, and nothing beside the screen: %s',
    async (name) => {
      const stop = stops.find((each) => each.name === name);
      if (stop === undefined) throw new Error(`nobody goes to ${name}`);
      await visit(page, scene.url, stop);
      expect(await violations(page)).toEqual([]);
      const beside = await page.evaluate<number>(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      expect(beside).toBe(0);
      await picture(page, `${name}-${look.replaceAll(' ', '-')}`);
    },
  );

  it('breaks no policy, asks nobody else, and throws nothing', () => {
    expect(complaints.all).toEqual([]);
  });
});

describe('a keyboard', () => {
  it('is enough to sign in, to go to a service and to scale it', async () => {
    const { page } = await scene.open();
    await page.goto(`${scene.url}/ui`);
    await page.getByLabel('User').focus();
    await page.keyboard.type('admin');
    await page.keyboard.press('Tab');
    await page.keyboard.type(scene.token);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    const tabTo = async (name: string): Promise<void> => {
      for (let pressed = 0; pressed < 60; pressed += 1) {
        await page.keyboard.press('Tab');
        const text = await page.evaluate<string>('document.activeElement?.textContent ?? ""');
        if (text === name) return;
      }
      throw new Error(`no way to ${name} with the keyboard`);
    };
    await tabTo('Services');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Services' }).waitFor();
    await page.getByRole('link', { name: 'showcase' }).waitFor();
    await tabTo('showcase');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Service showcase' }).waitFor();
    await page.getByRole('button', { name: 'Scale' }).waitFor();
    await tabTo('Scale');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });
});
