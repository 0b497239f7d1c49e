/** Debian's Chromium, driven for real. Where it is missing the tests fail and say what to install. */
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

const executables = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Where pictures of a run are kept. */
export const artefacts = fileURLToPath(new URL('../../../coverage/ui/', import.meta.url));

/** @throws Error - there is no Chromium */
export async function launch(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM'] ?? executables.find((each) => existsSync(each));
  if (executablePath === undefined)
    throw new Error('there is no Chromium: apt-get install chromium, or name one in CHROMIUM');
  await mkdir(artefacts, { recursive: true });
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}

/** What went wrong in a page although nobody looked: errors, refusals of the security policy, requests to elsewhere. */
export class Complaints {
  readonly all: string[] = [];

  constructor(context: BrowserContext, origin: string) {
    context.on('weberror', (error) => this.all.push(String(error.error())));
    context.on('console', (message) => {
      const text = message.text();
      // A manager that is away, and what it refuses, are said on the page; the browser notes them as well.
      if (message.type() === 'error' && !text.startsWith('Failed to load resource'))
        this.all.push(text);
    });
    context.on('request', (request) => {
      if (!request.url().startsWith(`${origin}/`)) this.all.push(`asks ${request.url()}`);
    });
  }
}

/** Keeps a picture of the page among the artefacts. */
export const picture = (page: Page, name: string): Promise<Buffer> =>
  page.screenshot({ path: join(artefacts, `${name}.png`), animations: 'disabled' });
