import { describe, expect, it } from 'vitest';
import type { Instance } from '../../../src/domain/instance/instance.js';
import { pendingOrders } from '../../../src/domain/instance/orders.js';
import {
  observeInstances,
  type InstanceObservation,
} from '../../../src/domain/instance/record-report.js';
import { aHalf, anInstance, id, startedAt } from '../../support/builders.js';

const cluster = id(0xc1);
const at = startedAt + 60_000;
const known = (...instances: Instance[]) => new Map(instances.map((each) => [each.id, each]));
const seen = (fields: Partial<InstanceObservation> = {}): InstanceObservation => ({
  instanceId: id(0x10),
  generation: 1,
  phase: 'RUNNING',
  ...fields,
});

describe('observing instances', () => {
  it('takes the phase over, and the order as acknowledged', () => {
    const instance = anInstance({
      halves: [aHalf({ phase: 'CLUSTER_SCHEDULED', acknowledged: false })],
    });
    const { changed } = observeInstances(
      cluster,
      { full: false, instances: [seen()] },
      known(instance),
      at,
    );
    expect(changed[0]?.halves[0]).toMatchObject({ phase: 'RUNNING', acknowledged: true });
  });

  it('changes nothing when the same comes again (P6)', () => {
    const instance = anInstance();
    const { changed } = observeInstances(
      cluster,
      { full: false, instances: [seen()] },
      known(instance),
      at,
    );
    expect(changed).toEqual([]);
  });

  it('lets nothing come back that has ended (P6)', () => {
    const instance = anInstance({ halves: [aHalf({ phase: 'DEAD' })] });
    const { changed } = observeInstances(
      cluster,
      { full: false, instances: [seen()] },
      known(instance),
      at,
    );
    expect(changed).toEqual([]);
  });

  it.each([
    ['of another generation', seen({ generation: 2 }), cluster],
    ['of another cluster', seen(), id(0xc2)],
    ['that is not known', seen({ instanceId: id(0x99) }), cluster],
  ])(
    'names a running instance %s as a stranger and changes nothing (P9)',
    (_, observation, from) => {
      const report = { full: false, instances: [observation] };
      const { changed, strangers } = observeInstances(from, report, known(anInstance()), at);
      expect(changed).toEqual([]);
      expect(strangers).toEqual([observation]);
    },
  );

  it('does not mind a stranger that is gone already', () => {
    const observation = seen({ instanceId: id(0x99), phase: 'UNDEPLOYED' });
    const report = { full: false, instances: [observation] };
    expect(observeInstances(cluster, report, known(), at).strangers).toEqual([]);
  });

  it('has a run told again that a full picture lacks', () => {
    const instance = anInstance();
    const { changed } = observeInstances(
      cluster,
      { full: true, instances: [] },
      known(instance),
      at,
    );
    const [after] = changed;
    expect(after && pendingOrders(after, cluster)).toMatchObject([
      { generation: 1, action: 'run' },
    ]);
  });

  it.each(['COMPLETED', 'DEAD'] as const)(
    'does not bring back what is %s when the cluster no longer has it (P2)',
    (phase) => {
      const instance = anInstance({ halves: [aHalf({ phase })] });
      const report = { full: true, instances: [] };
      expect(observeInstances(cluster, report, known(instance), at).changed).toEqual([]);
    },
  );

  it('has a stop told again that a full picture lacks, to hear that nothing is left (P4)', () => {
    const instance = anInstance({ halves: [aHalf({ action: 'stop', role: 'retiring' })] });
    const report = { full: true, instances: [] };
    const [after] = observeInstances(cluster, report, known(instance), at).changed;
    expect(after && pendingOrders(after, cluster)).toMatchObject([{ action: 'stop' }]);
  });

  it('does not take a run as forgotten that was not acknowledged yet', () => {
    const instance = anInstance({ halves: [aHalf({ acknowledged: false })] });
    expect(
      observeInstances(cluster, { full: true, instances: [] }, known(instance), at).changed,
    ).toEqual([]);
  });

  it('does not take a run as forgotten that a partial picture lacks', () => {
    const report = { full: false, instances: [] };
    expect(observeInstances(cluster, report, known(anInstance()), at).changed).toEqual([]);
  });
});
