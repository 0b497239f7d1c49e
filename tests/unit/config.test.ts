import { describe, expect, it } from 'vitest';
import { ConfigError, describeSettings, readConfig } from '../../src/config.js';
import { peerSettings } from '../../src/peer-config.js';

const faultsOf = (environment: NodeJS.ProcessEnv): readonly string[] => {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
};

describe('the configuration', () => {
  it('has a default for everything that is needed', () => {
    expect(readConfig({})).toMatchObject({
      SM_HOST: '127.0.0.1',
      SM_PORT: 10_000,
      SM_LOG_LEVEL: 'info',
    });
  });

  it('reads numbers and booleans from texts, and takes an empty value as unset', () => {
    const config = readConfig({ SM_PORT: '0', SM_CHECK_RESPONSES: 'true', SM_HOST: '' });
    expect(config).toMatchObject({ SM_PORT: 0, SM_CHECK_RESPONSES: true, SM_HOST: '127.0.0.1' });
  });

  it('tells every fault at once, naming the setting', () => {
    const faults = faultsOf({
      SM_PORT: 'eighty',
      SM_LOG_LEVEL: 'loud',
      SM_ADMIN_TOKEN: 'short',
      MONGODB_URI: 'localhost',
      SM_PROT: '1',
    });
    for (const name of ['SM_PORT', 'SM_LOG_LEVEL', 'SM_ADMIN_TOKEN', 'MONGODB_URI', 'SM_PROT'])
      expect(faults.some((fault) => fault.startsWith(name))).toBe(true);
  });

  it('wants certificate and key together, and origins without paths', () => {
    expect(faultsOf({ SM_TLS_CERT: 'tls.crt' })).toEqual([
      'SM_TLS_CERT and SM_TLS_KEY go together; SM_TLS_KEY is missing',
    ]);
    expect(faultsOf({ SM_TLS_CERT: 'tls.crt', SM_TLS_KEY: 'tls.key' })).toEqual([]);
    expect(faultsOf({ SM_CORS_ORIGINS: 'https://a.example,http://b.example:8080' })).toEqual([]);
    expect(faultsOf({ SM_CORS_ORIGINS: 'https://a.example/page' })).toHaveLength(1);
    expect(faultsOf({ SM_CORS_ORIGINS: '*' })).toHaveLength(1);
  });

  it('serves one kind of peers or both, on ports that differ', () => {
    expect(peerSettings(readConfig({}))).toEqual({});
    const both = readConfig({ SM_COMPAT: 'edgeio,oakestra', SM_PORT: '10500' });
    expect(peerSettings(both)).toMatchObject({
      edgeio: { clients: '127.0.0.0/8,::1/128' },
      oakestra: { port: 10_000, keyPort: 10_011 },
    });
    expect(peerSettings(readConfig({ SM_COMPAT: 'edgeio' }))).not.toHaveProperty('oakestra');
    expect(faultsOf({ SM_COMPAT: 'oakestra' })).toEqual([
      'SM_PORT and SM_OAKESTRA_PORT are both 10000; give SM_PORT another one',
    ]);
    expect(faultsOf({ SM_COMPAT: 'edgeio,unknown' })).toHaveLength(1);
  });

  it('leaves the settings of agents alone', () => {
    expect(faultsOf({ SM_AGENT_NAME: 'a' })).toEqual([]);
  });

  it('describes every setting', () => {
    for (const name of ['SM_HOST', 'SM_PORT', 'SM_DATA_DIR', 'MONGODB_URI', 'SM_EVENTS_KEPT'])
      expect(describeSettings()).toContain(`${name}=`);
  });
});
