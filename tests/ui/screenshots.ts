/** `make screenshots`: a picture of each page in light, in dark and on a phone, for docs/screenshots. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserContextOptions } from 'playwright-core';
import { Scene } from './support/scene.js';
import { tour, visit } from './support/tour.js';

const folder =
  process.env['SCREENSHOTS'] ?? fileURLToPath(new URL('../../docs/screenshots/', import.meta.url));

const looks: Readonly<Record<string, BrowserContextOptions>> = {
  light: { colorScheme: 'light', viewport: { width: 1280, height: 800 } },
  dark: { colorScheme: 'dark', viewport: { width: 1280, height: 800 } },
  phone: { colorScheme: 'light', viewport: { width: 390, height: 844 } },
};

await mkdir(folder, { recursive: true });
const scene = await Scene.start();
try {
  const stops = await tour(scene.plant.client);
  for (const [look, options] of Object.entries(looks)) {
    const { page, complaints } = await scene.open(options);
    await page.goto(`${scene.url}/ui`);
    await page.getByLabel('User').waitFor();
    const shoot = (name: string) =>
      page.screenshot({ path: join(folder, `${name}-${look}.png`), animations: 'disabled' });
    await shoot('sign-in');
    await scene.signIn(page);
    for (const stop of stops) {
      await visit(page, scene.url, stop);
      await shoot(stop.name);
    }
    if (complaints.all.length > 0) throw new Error(complaints.all.join('\n'));
    console.log(`${look}: ${stops.length + 1} pictures`);
  }
} finally {
  await scene.stop();
}
