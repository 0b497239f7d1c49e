import type { InstanceReport, RunOrder, StopOrder } from '@system-manager/client/agent';

/** What an agent process has to know to begin. */
export interface Beginning {
  readonly url: string;
  readonly name: string;
  readonly location: string;
  readonly token: string;
  readonly credential?: string | undefined;
  readonly cpuMillicores: number;
  readonly memoryMiB: number;
  readonly instances: readonly InstanceReport[];
}

/** From the site, where things run, to its agent. */
export type ToAgent =
  | { readonly kind: 'begin'; readonly beginning: Beginning }
  | { readonly kind: 'changed'; readonly report: InstanceReport }
  | { readonly kind: 'gone'; readonly instanceId: string; readonly generation: number }
  | { readonly kind: 'done'; readonly call: number };

/** From an agent to its site. */
export type FromAgent =
  | { readonly kind: 'run'; readonly call: number; readonly order: RunOrder }
  | { readonly kind: 'stop'; readonly call: number; readonly order: StopOrder }
  | { readonly kind: 'credential'; readonly credential: string };
