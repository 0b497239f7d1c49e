/** YAML descriptors of 2021: what is taken, what is refused, and what becomes of them. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { EdgeioSite, jobYaml } from '../support/edgeio-site.js';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

let site: EdgeioSite;

beforeAll(async () => {
  site = await EdgeioSite.start();
});

afterAll(() => site.close());

/** Each line is nine times the line before: 9 ** 8 texts. */
const bomb = [...'abcdefgh']
  .map((name, index, all) => {
    const item = index === 0 ? 'x' : `*${all[index - 1]}`;
    return `${name}: &${name} [${Array(9).fill(item).join(', ')}]\n`;
  })
  .join('');

describe('edgeioDeploy', () => {
  const form = (fill: (form: FormData) => void): Promise<{ status: number; text: string }> => {
    const body = new FormData();
    fill(body);
    return site.plain('/api/deploy', { method: 'POST', body });
  };

  it('answers no file, and empty file', async () => {
    expect(await form((each) => each.set('other', 'x'))).toMatchObject({
      status: 400,
      text: 'no file',
    });
    expect(await site.plain('/api/deploy', { method: 'POST' })).toMatchObject({
      status: 400,
      text: 'no file',
    });
    const boundary = 'edge';
    const body = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename=""\r\n\r\n\r\n--${boundary}--\r\n`;
    const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` };
    expect(await site.plain('/api/deploy', { method: 'POST', body, headers })).toMatchObject({
      status: 400,
      text: 'empty file',
    });
  });

  it('takes one file of at most 1 MiB', async () => {
    const twice = await form((each) => {
      each.append('file', new File([jobYaml()], 'a.yaml'));
      each.append('file', new File([jobYaml()], 'b.yaml'));
    });
    expect(twice).toMatchObject({ status: 400, text: 'there is more than one file' });
    const comment = (size: number) => `${jobYaml()}#${'x'.repeat(size)}`;
    const largest = await site.upload(comment(1024 * 1024 - jobYaml().length - 1));
    expect(largest.status).toBe(200);
    const { job_id: id } = JSON.parse(largest.text) as { job_id: string };
    await site.plain(`/api/delete/${id}`);
    await site.statusBecomes(id, 'UNDEPLOYED');
    expect((await site.upload(comment(1024 * 1024))).status).toBe(413);
    expect(
      (await site.upload(comment(3 * 1024 * 1024)).catch(() => ({ status: 413 }))).status,
    ).toBe(413);
  });

  it.each([
    ['no mapping', '- a\n- b\n', /mapping/],
    ['no YAML', 'a: [', /YAML/],
    ['a tag', 'api_version: !!js/function "x"\n', /YAML/],
    ['an alias bomb', `${jobYaml()}${bomb}`, /expand/],
    ['no api_version', jobYaml({ api_version: undefined }), /^api_version is missing$/],
    ['another api_version', jobYaml({ api_version: 'v2' }), /^api_version/],
    ['no image', jobYaml({ image: undefined }), /^image is missing$/],
    ['no requirements', jobYaml({ requirements: undefined }), /^requirements is missing$/],
    ['no cpu', jobYaml({ requirements: { memory: 1 } }), /^requirements.cpu is missing$/],
    ['no memory', jobYaml({ requirements: { cpu: 1 } }), /^requirements.memory is missing$/],
    ['a text for cpu', jobYaml({ requirements: { cpu: '1', memory: 1 } }), /^requirements.cpu/],
    [
      'a negative memory',
      jobYaml({ requirements: { cpu: 1, memory: -1 } }),
      /^requirements.memory/,
    ],
    ['a bad port', jobYaml({ port: 70_000 }), /^port/],
    ['a bad node', jobYaml({ node: 'a b' }), /^node/],
    ['an operator as key', jobYaml({ $where: 'x' }), /\$where/],
    ['an operator deep inside', jobYaml({ extra: [{ $gt: 1 }] }), /\$gt/],
  ])('refuses a descriptor with %s, and stores nothing', async (_name, yaml, said) => {
    const before = (await site.plain('/api/jobs')).text;
    const answer = await site.upload(yaml);
    expect(answer.status).toBe(400);
    expect(answer.text).toMatch(said);
    expect((await site.plain('/api/jobs')).text).toBe(before);
  });

  it('updates a job of a known name, which keeps its id and its replicas', async () => {
    const fields = { job_name: 'again', cluster_location: 'nowhere' };
    const id = await site.deployJob(fields);
    expect(await site.deployJob(fields)).toBe(id);
    expect((await site.service(id)).revision).toBe(1);
    await site.post('/api/replicate', { job_id: id, replicas: 2 });
    expect(await site.deployJob({ ...fields, image: 'other' })).toBe(id);
    expect(await site.service(id)).toMatchObject({ revision: 2, replicas: 2 });
    await site.plain(`/api/delete/${id}`);
    expect((await site.post('/api/replicate', { job_id: id, replicas: 3 })).status).toBe(409);
  });

  it.each([
    ['cluster_location', { cluster_location: 'attic' }, { location: 'attic' }],
    ['node', { node: 'n-1' }, { worker: 'n-1' }],
    ['requirements.node', { requirements: { cpu: 1, memory: 1, node: 'n-2' } }, { worker: 'n-2' }],
    ['cluster.name', { cluster: { name: 'attic-1' } }, { cluster: 'attic-1' }],
    ['cluster.node', { cluster: { node: 'n-3' } }, { worker: 'n-3' }],
  ])('demands a place by %s', async (_name, fields, placement) => {
    const id = await site.deployJob({ job_name: 'placed', ...fields });
    expect((await site.service(id)).descriptor.placement).toEqual(placement);
    await site.plain(`/api/delete/${id}`);
    await site.statusBecomes(id, 'UNDEPLOYED');
  });

  it('has a unikernel run only where that is among the technologies', async () => {
    const cellar = await site.join({ name: 'cellar-1', location: 'cellar' });
    const id = await site.deployJob({
      job_name: 'unikernel',
      image_runtime: 'unikernel',
      cluster_location: 'cellar',
    });
    await site.until('it is turned down', async () => {
      await cellar.report();
      return (await site.service(id)).reason !== undefined;
    });
    expect(cellar.jobs.size).toBe(0);
    const technology = ['docker', 'unikernel'];
    await site.until('it runs', async () => {
      await cellar.report({ technology });
      return (await site.jobStatus(id)) === 'RUNNING';
    });
    await site.plain(`/api/delete/${id}`);
  });

  it('joins the four names of later peers by dots', async () => {
    const id = await site.deployJob({
      job_name: undefined,
      app_name: 'shop',
      app_ns: 'prod',
      service_name: 'cart',
      service_ns: 'eu',
      cluster_location: 'nowhere',
    });
    const jobs = JSON.parse((await site.plain('/api/jobs')).text) as {
      _id: { $oid: string };
      job_name: string;
    }[];
    expect(jobs.find(({ _id }) => _id.$oid === id)?.job_name).toBe('shop.prod.cart.eu');
    await site.plain(`/api/delete/${id}`);
  });
});
