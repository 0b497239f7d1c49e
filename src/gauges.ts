/** Numbers that are read from the running manager whenever somebody asks for them. */
import type { Core } from './app.js';
import type { AuditWriter } from './control/audit-writer.js';
import type { Gateway } from './gateway/gateway.js';
import type { Metrics } from './http/metrics.js';
import type { Store } from './store/store.js';

function registerStoreGauges(metrics: Metrics, store: Store, gateway: Gateway): void {
  const counted = (counts: ReadonlyMap<string, number>, label: string) =>
    [...counts].map(([value, count]) => ({ labels: { [label]: value }, value: count }));
  metrics.registerGauge({
    name: 'sm_gateway_sessions',
    help: 'Agents that are connected.',
    collect: () => [{ value: gateway.sessions }],
  });
  metrics.registerGauge({
    name: 'sm_feed_lag_seconds',
    help: 'How long the oldest change waits for its place in the history.',
    collect: () => [{ value: store.feed.lagSeconds() }],
  });
  metrics.registerGauge({
    name: 'sm_instances',
    help: 'Instances by phase.',
    labelNames: ['phase'],
    collect: async () => counted(await store.countBy('instances'), 'phase'),
  });
  metrics.registerGauge({
    name: 'sm_operations',
    help: 'Operations by state.',
    labelNames: ['state'],
    collect: async () => counted(await store.countBy('operations'), 'state'),
  });
}

function registerControlGauges(metrics: Metrics, { leadership, waiting, watch }: Core): void {
  metrics.registerGauge({
    name: 'sm_leader',
    help: '1 while this manager leads, 0 while another one does.',
    collect: () => [{ value: leadership.leads ? 1 : 0 }],
  });
  metrics.registerGauge({
    name: 'sm_fence',
    help: 'Fencing number of this manager; 0 while another one leads.',
    collect: () => [{ value: leadership.fence }],
  });
  metrics.registerGauge({
    name: 'sm_reconcile_waiting',
    help: 'Services and clusters that the reconciler still has to look at.',
    collect: () => [{ value: waiting() }],
  });
  metrics.registerGauge({
    name: 'sm_storm_clusters',
    help: 'Clusters that vanished together, so that the leader places nothing elsewhere; 0 without a storm, and while another one leads.',
    collect: () => [{ value: (leadership.leads && watch.storm?.vanished.length) || 0 }],
  });
}

function registerAuditGauges(metrics: Metrics, audit: AuditWriter): void {
  metrics.registerGauge({
    name: 'sm_audit_waiting',
    help: 'Entries of the audit log that wait to be written.',
    collect: () => [{ value: audit.waiting }],
  });
  metrics.registerGauge({
    name: 'sm_audit_lost',
    help: 'Refusals that are missing in the audit log, because too many waited to be written.',
    collect: () => [{ value: audit.lost }],
  });
}

/** What of the running manager is told to Prometheus when it asks. */
export function registerGauges(
  metrics: Metrics,
  store: Store,
  core: Core,
  audit: AuditWriter,
): void {
  registerStoreGauges(metrics, store, core.gateway);
  registerControlGauges(metrics, core);
  registerAuditGauges(metrics, audit);
}
