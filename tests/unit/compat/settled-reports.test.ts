import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { SettledReports } from '../../../src/compat/oakestra/reports/settled-reports.js';
import type { Change } from '../../../src/domain/change.js';
import type { Instance } from '../../../src/domain/instance/instance.js';
import { aCluster, aHalf, anInstance, id } from '../../support/builders.js';

const [here, there] = [id(0xc1), id(0xc2)];
const at = (clusterId: string) => anInstance({ id: id(1), halves: [aHalf({ clusterId })] });

function remembering() {
  const events = new EventEmitter<{ change: [Change]; gap: [] }>();
  const reports = new SettledReports({
    onChange: (listener) => {
      events.on('change', listener);
      return () => events.off('change', listener);
    },
    onGap: (listener) => {
      events.on('gap', listener);
      return () => events.off('gap', listener);
    },
  });
  const base = { kind: 'update', fields: new Set<string>(), at: 1 } as const;
  const tell = (instanceId: string, after: Instance | undefined): void => {
    events.emit('change', { ...base, subject: 'instance', id: instanceId, after });
  };
  const remove = (clusterId: string): void => {
    const after = aCluster({ id: clusterId, lifecycle: 'removed' });
    events.emit('change', { ...base, subject: 'cluster', id: clusterId, after });
  };
  return { reports, tell, remove, gap: () => events.emit('gap'), events };
}

describe('a report with nothing left open', () => {
  it('is remembered until the cluster says something else', () => {
    const { reports } = remembering();
    reports.look(here, 'a')([id(1)]);
    expect(reports.repeats(here, 'a')).toBe(true);
    expect(reports.repeats(here, 'b')).toBe(false);
    expect(reports.repeats(there, 'a')).toBe(false);
    reports.look(here, 'b')([id(1)]);
    expect(reports.repeats(here, 'a')).toBe(false);
  });

  it.each<[string, (site: ReturnType<typeof remembering>) => void]>([
    ['one of its instances changes', ({ tell }) => tell(id(1), at(here))],
    ['one of its instances is elsewhere now', ({ tell }) => tell(id(1), at(there))],
    ['one of its instances is gone', ({ tell }) => tell(id(1), undefined)],
    ['another instance comes to the cluster', ({ tell }) => tell(id(2), at(here))],
    ['the cluster is removed', ({ remove }) => remove(here)],
    ['changes may have been missed', ({ gap }) => gap()],
  ])('is forgotten when %s', (_, happens) => {
    const site = remembering();
    site.reports.look(here, 'a')([id(1)]);
    happens(site);
    expect(site.reports.repeats(here, 'a')).toBe(false);
  });

  it.each<[string, (site: ReturnType<typeof remembering>) => void]>([
    ['one of its instances changes', ({ tell }) => tell(id(1), at(there))],
    ['another instance comes to the cluster', ({ tell }) => tell(id(2), at(here))],
    ['changes may have been missed', ({ gap }) => gap()],
  ])('is not remembered when %s while it is looked at', (_, happens) => {
    const site = remembering();
    const settle = site.reports.look(here, 'a');
    happens(site);
    settle([id(1)]);
    expect(site.reports.repeats(here, 'a')).toBe(false);
  });

  it('stays when something happens elsewhere', () => {
    const { reports, tell } = remembering();
    const settle = reports.look(here, 'a');
    tell(id(3), anInstance({ id: id(3), halves: [aHalf({ clusterId: there })] }));
    settle([id(1)]);
    tell(id(3), anInstance({ id: id(3), halves: [aHalf({ clusterId: there })] }));
    expect(reports.repeats(here, 'a')).toBe(true);
  });

  it('is not what still has something open', () => {
    const { reports } = remembering();
    reports.look(here, 'a')(undefined);
    expect(reports.repeats(here, 'a')).toBe(false);
  });

  it('is not listened for after the end', () => {
    const { reports, events } = remembering();
    reports.close();
    expect(events.listenerCount('change') + events.listenerCount('gap')).toBe(0);
  });
});
