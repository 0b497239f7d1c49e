import { describe, expect, it } from 'vitest';
import { portableContract } from '../../../scripts/portable-contract.js';

interface Portable {
  readonly paths: Record<string, Record<string, { responses: Record<string, unknown> }>>;
  readonly components: Record<string, Record<string, unknown>>;
}

async function portable(openEnums: boolean): Promise<{ text: string; contract: Portable }> {
  const text = await portableContract({ openEnums });
  return { text, contract: JSON.parse(text) as Portable };
}

describe('the part of the contract for other generators', () => {
  it('has the operations that answer in JSON, and no others', async () => {
    const { contract } = await portable(false);
    const paths = Object.keys(contract.paths);
    expect(paths).toEqual(expect.arrayContaining(['/api/v1/services', '/api/v1/events']));
    for (const path of [
      '/register',
      '/api/v1/events/stream',
      '/openapi.yaml',
      '/metrics',
      '/api/deploy',
    ])
      expect(paths).not.toContain(path);
  });

  it('is whole: all that it refers to is there, and nothing that nobody refers to', async () => {
    const { text, contract } = await portable(false);
    const referenced = new Set(
      [...text.matchAll(/"#\/components\/(\w+)\/(\w+)"/g)].map(([, ...at]) => at.join('/')),
    );
    const present = Object.entries(contract.components)
      .filter(([section]) => section !== 'securitySchemes')
      .flatMap(([section, entries]) => Object.keys(entries).map((name) => `${section}/${name}`));
    expect([...referenced].sort()).toEqual(present.sort());
    expect(present.filter((name) => name.endsWith('Frame'))).toEqual([]);
  });

  it('says once what a failure is, and takes bodies in JSON only', async () => {
    const { text, contract } = await portable(false);
    const answers = Object.values(contract.paths)
      .flatMap((item) => Object.values(item))
      .flatMap(({ responses }) => Object.keys(responses ?? {}));
    expect(answers.filter((status) => /^[45]/.test(status))).toEqual([]);
    expect(answers).toContain('default');
    expect(text).not.toContain('application/yaml');
  });

  it('has enumerations as texts where values of later versions would be errors', async () => {
    expect((await portable(false)).text).toContain('"enum"');
    const { text } = await portable(true);
    expect(text).not.toContain('"enum"');
    expect(text).toContain('Known values: running, succeeded, failed, cancelled.');
  });
});
