import type { Agent } from 'node:http';
import { HttpsProxyAgent } from 'https-proxy-agent';

/** How the manager is proved to the agent, and the agent to whoever ends the TLS connection. PEM, as text or bytes. */
export interface TlsOptions {
  /** Authorities to trust instead of the usual ones. */
  readonly ca?: string | Buffer | readonly (string | Buffer)[];
  /** The agent's own certificate, where one is asked for; with `key`. */
  readonly cert?: string | Buffer;
  readonly key?: string | Buffer;
  /** Name that the manager's certificate must bear. @default the host of the address */
  readonly servername?: string;
}

/** What a WebSocket is opened with. */
export interface Transport {
  readonly ca?: string | Buffer | (string | Buffer)[];
  readonly cert?: string | Buffer;
  readonly key?: string | Buffer;
  readonly servername?: string;
  readonly agent?: Agent;
}

/** @throws TypeError - the address of the proxy is none */
export function createTransport(options: { tls?: TlsOptions; proxy?: string }): Transport {
  const { ca, ...own } = options.tls ?? {};
  return {
    ...own,
    ...(ca === undefined ? {} : { ca: toAuthorities(ca) }),
    ...(options.proxy === undefined ? {} : { agent: new HttpsProxyAgent(options.proxy) }),
  };
}

function toAuthorities(ca: NonNullable<TlsOptions['ca']>): NonNullable<Transport['ca']> {
  return typeof ca === 'string' || Buffer.isBuffer(ca) ? ca : [...ca];
}
