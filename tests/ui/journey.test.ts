/** What somebody does with the page, from signing in to terminating, in a real browser against a real manager with real agents. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { picture, type Complaints } from './support/browser.js';
import { Scene } from './support/scene.js';

let scene: Scene;
let page: Page;
let complaints: Complaints;

beforeAll(async () => {
  scene = await Scene.start();
  ({ page, complaints } = await scene.open());
});

afterAll(() => scene.stop());

const heading = (name: RegExp | string) => page.getByRole('heading', { level: 1, name });
const open = (name: string) =>
  page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
const row = (text: string) => page.getByRole('row').filter({ hasText: text });
/** The dialog's own button has the name of the one that opened it. */
const confirm = (name: string) =>
  page.getByRole('dialog').getByRole('button', { name, exact: true }).click();

/** Puts a text in the place of what stands in the editor. */
const write = async (text: string): Promise<void> => {
  await page.getByLabel('Service descriptor, YAML').click();
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Delete');
  await page.keyboard.insertText(text);
};

const descriptor = `name: journey
replicas: 2
command: [node, -e, 'setInterval(() => {}, 1000)']
resources:
  cpuCores: 0.1
  memoryMiB: 32
`;

describe('somebody who comes to the page', () => {
  it('is refused with a wrong password, and told so', async () => {
    await page.goto(`${scene.url}/ui`);
    await page.getByLabel('User').fill('admin');
    await page.getByLabel('Password').fill('not the password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').filter({ hasText: 'refused' }).waitFor();
  });

  it('signs in, sees the clusters, and stays signed in after a reload', async () => {
    await scene.signIn(page);
    await page.getByText('2 clusters').waitFor();
    await page.getByText('Live', { exact: true }).waitFor();
    await page.reload();
    await heading('Overview').waitFor();
  });
});

describe('deploying', () => {
  it('shows what is wrong while it is written', async () => {
    await open('Deploy');
    await write('name: journey\nreplicas: many\ncommand: [x]\n');
    await page
      .getByRole('status', { name: 'What is wrong' })
      .getByText(/^replicas must be/)
      .waitFor();
    expect(await page.getByRole('button', { name: 'Deploy' }).isDisabled()).toBe(true);
  });

  it('previews the plan, deploys, and shows the instances until they run', async () => {
    await write(descriptor);
    await page.getByRole('table', { name: 'Planned instances' }).getByText('local-b').waitFor();
    await picture(page, 'plan');
    await page.getByRole('button', { name: 'Deploy' }).click();
    await heading('Service journey').waitFor();
    await row('journey 0').getByText('running').waitFor();
    await row('journey 1').getByText('running').waitFor();
    await picture(page, 'deployed');
  });
});

describe('a service', () => {
  it('is scaled', async () => {
    await page.getByRole('button', { name: 'Scale' }).click();
    await page.getByRole('spinbutton', { name: 'Instances' }).fill('3');
    await confirm('Scale');
    await row('journey 2').getByText('running').waitFor();
  });

  it('says of each instance how it came to be where it is, and why not elsewhere', async () => {
    await row('journey 0').getByRole('link', { name: 'journey 0' }).click();
    await heading('Instance journey 0').waitFor();
    await page.getByRole('list', { name: 'Phases' }).getByText('running').waitFor();
    await page.getByRole('table', { name: 'Clusters considered' }).getByText('local-b').waitFor();
    await picture(page, 'explained');
  });

  it('has an instance migrated to another cluster', async () => {
    const link = page.getByRole('definition').getByRole('link', { name: /^local-/ });
    const from = await link.textContent();
    const to = from === 'local-a' ? 'local-b' : 'local-a';
    await page.getByRole('button', { name: 'Migrate this one' }).click();
    await page.getByLabel('To cluster').fill(to);
    await confirm('Migrate');
    await page.getByRole('definition').getByRole('link', { name: to }).waitFor();
    await page.getByRole('list', { name: 'Phases' }).getByText(`at ${to}`).first().waitFor();
    await picture(page, 'migrated');
  });

  it('is changed to another revision and rolled back', async () => {
    await page.getByRole('link', { name: 'journey', exact: true }).click();
    await heading('Service journey').waitFor();
    await page.getByRole('link', { name: 'Edit' }).click();
    await heading('Edit journey').waitFor();
    await write(`${descriptor}labels:\n  tier: gold\n`);
    await page.getByRole('table', { name: 'Planned instances' }).waitFor();
    await page.getByRole('button', { name: 'Update' }).click();
    await page.getByRole('button', { name: 'Roll back to 1' }).click();
    await confirm('Roll back');
    await page.getByText('Revision 1 wanted now').waitFor();
  });
});

describe('a cluster', () => {
  it('is drained, so that its instances move away, and resumed', async () => {
    await open('Clusters');
    await row('local-a').getByRole('link', { name: 'local-a' }).click();
    await heading('Cluster local-a').waitFor();
    await page.getByRole('button', { name: 'Drain' }).click();
    await confirm('Drain');
    // Each instance has to have run elsewhere for a while before it stops here.
    await page.getByText('Nothing is bound here.').waitFor({ timeout: 100_000 });
    await picture(page, 'drained');
    await page.getByRole('button', { name: 'Resume' }).click();
    await confirm('Resume');
    await page.getByRole('button', { name: 'Drain' }).waitFor();
  });
});

describe('the connection', () => {
  it('is lost with the manager and regained with it, and nothing that happened meanwhile is missing', async () => {
    await open('Events');
    await page.getByText('Live', { exact: true }).waitFor();
    const { child } = scene.plant.manager;
    child.kill('SIGKILL');
    await child.exited;
    await page.getByText('Connection lost, trying again…').waitFor();
    await picture(page, 'lost');
    await scene.plant.startManager();
    const { client } = scene.plant;
    const { items } = await client.get('/api/v1/services', {
      params: { query: { name: 'journey' } },
    });
    const serviceId = items[0]?.id ?? '';
    await client.post('/api/v1/services/{serviceId}/scale', {
      params: { path: { serviceId } },
      body: { replicas: 1 },
    });
    await page.getByText('Live', { exact: true }).waitFor();
    await page.getByRole('table', { name: 'Events' }).getByText('scaled, to 1').waitFor();
  });
});

describe('the events', () => {
  it('are narrowed by kind and type', async () => {
    await page.getByLabel('Kind').selectOption('cluster');
    await page.getByLabel('Type').fill('draining');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByRole('table', { name: 'Events' }).getByText('draining').first().waitFor();
    expect(await page.getByText('scaled, to 1').count()).toBe(0);
  });

  it('can be held and go on with what has come meanwhile', async () => {
    await page.getByLabel('Type').fill('');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByRole('button', { name: 'Hold' }).click();
    await scene.plant.client.post('/api/v1/clusters', { body: { name: 'late' } });
    // One more, if a cluster was silent for a while.
    await page.getByRole('button', { name: /^Go on with \d+ events?$/ }).click();
    await page.getByRole('table', { name: 'Events' }).getByText('late').waitFor();
  });
});

describe('an administrator', () => {
  it('makes a user and an API key, which is shown once', async () => {
    await open('Access');
    await page.getByRole('button', { name: 'Add a user' }).click();
    await page.getByLabel('Name').fill('ada');
    await page.getByLabel('Password').fill('correct horse battery staple');
    await confirm('Add');
    await row('ada').getByText('viewer').waitFor();
    await page.getByRole('button', { name: 'Make a key' }).click();
    await page.getByLabel('Name').fill('ci');
    await page.getByLabel('services:read').check();
    await confirm('Make');
    await page.getByText(/smk_/).waitFor();
    await row('ci').getByText('never').waitFor();
  });

  it('signs out; a viewer signs in and is offered only what viewers may do', async () => {
    await page.getByRole('button', { name: 'Sign out admin' }).click();
    await page.getByLabel('User').fill('ada');
    await page.getByLabel('Password').fill('correct horse battery staple');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await heading('Overview').waitFor();
    expect(await page.getByRole('link', { name: 'Deploy' }).count()).toBe(0);
    await open('Services');
    await row('journey').getByRole('link', { name: 'journey' }).click();
    await heading('Service journey').waitFor();
    expect(await page.getByRole('button', { name: 'Terminate' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Sign out ada' }).click();
  });

  it('signs in with the token and terminates the service', async () => {
    await page.getByRole('button', { name: 'With a token instead' }).click();
    await page.getByLabel('Token or API key').fill(scene.token);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await heading('Overview').waitFor();
    await open('Services');
    await row('journey').getByRole('link', { name: 'journey' }).click();
    await page.getByRole('button', { name: 'Terminate' }).click();
    await confirm('Terminate');
    await page.getByText('There are no instances.').waitFor();
  });
});

describe('in all of this', () => {
  it('the page has asked nobody else, broken no policy, and thrown nothing', () => {
    expect(complaints.all).toEqual([]);
  });
});
