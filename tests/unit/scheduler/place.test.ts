import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fits, noResources, subtractResources } from '../../../src/domain/resources.js';
import type { ClusterPicture } from '../../../src/domain/scheduling/scheduling.js';
import { explain, place } from '../../../src/scheduler/built-in/built-in-scheduler.js';
import { distanceKm } from '../../../src/domain/scheduling/distance.js';
import { aPicture, aRequest, id } from '../../support/builders.js';

const munich = { latitude: 48.137, longitude: 11.575 };
const hamburg = { latitude: 53.551, longitude: 9.994 };
const placeOne = (request: Parameters<typeof aRequest>[0], pictures: readonly ClusterPicture[]) => {
  const [result] = place([aRequest(request)], pictures);
  if (result === undefined) throw new Error('a request has one result');
  return result;
};

describe('place', () => {
  it.each([
    ['a cluster that is silent', { active: false }, {}, 'liveness'],
    ['a cluster that takes nothing new', { schedulable: false }, {}, 'schedulable'],
    ['a cluster without the runtime', {}, { runtime: 'docker' }, 'capability'],
    ['a cluster that is not the demanded one', {}, { placement: { cluster: 'c2' } }, 'cluster'],
    ['a cluster at another location', {}, { placement: { location: 'hamburg' } }, 'location'],
    ['a cluster without the worker', {}, { placement: { worker: 'w1' } }, 'worker'],
    ['a cluster without the label', {}, { placement: { labels: { tier: 'gold' } } }, 'labels'],
    ['a cluster with a taint', { taints: ['gpu-only'] }, {}, 'taints'],
    [
      'a cluster too far away',
      { coordinates: hamburg },
      { placement: { near: { ...munich, maxKm: 500 } } },
      'distance',
    ],
    [
      'a cluster whose place is not known',
      {},
      { placement: { near: { ...munich, maxKm: 500 } } },
      'distance',
    ],
    [
      'a cluster without room',
      { free: { cpuMillicores: 999, memoryMiB: 10_000, gpus: 0 } },
      {},
      'capacity',
    ],
  ])('drops %s', (_, picture, request, filter) => {
    const result = placeOne(request, [aPicture(picture)]);
    expect(result.verdict).not.toBe('PLACED');
    expect(result.dropped).toEqual({ [filter]: 1 });
  });

  it('places where taints are tolerated, labels match and the distance is allowed', () => {
    const picture = aPicture({
      taints: ['gpu-only'],
      labels: { tier: 'gold' },
      coordinates: hamburg,
    });
    const placement = {
      tolerations: ['gpu-only'],
      labels: { tier: 'gold' },
      near: { ...munich, maxKm: 700 },
    };
    expect(placeOne({ placement }, [picture])).toMatchObject({
      verdict: 'PLACED',
      clusterName: 'c1',
    });
  });

  it.each([
    ['TargetClusterNotFound', { placement: { cluster: 'nowhere' } }, {}],
    ['TargetClusterNotActive', { placement: { cluster: 'c1' } }, { active: false }],
    ['TargetClusterNoCapacity', { placement: { cluster: 'c1' } }, { free: noResources }],
    ['NoActiveClusterWithCapacity', {}, { free: noResources }],
  ])('answers %s', (verdict, request, picture) => {
    expect(placeOne(request, [aPicture(picture)]).verdict).toBe(verdict);
  });

  it('answers NoActiveClusterWithCapacity when there is no cluster at all', () => {
    expect(placeOne({}, []).verdict).toBe('NoActiveClusterWithCapacity');
  });

  it('lets what wants nothing go where nothing is free', () => {
    const shrunk = aPicture({ free: { cpuMillicores: -500, memoryMiB: -1, gpus: 0 } });
    expect(placeOne({ resources: noResources }, [shrunk]).verdict).toBe('PLACED');
  });

  it('spreads the instances of a service over clusters', () => {
    const pictures = [1, 2, 3].map((n) => aPicture({ id: id(n), name: `c${n}` }));
    const results = place(
      Array.from({ length: 6 }, (_, n) => aRequest({ instanceId: id(100 + n) })),
      pictures,
    );
    const counts = pictures.map(
      ({ id: clusterId }) => results.filter((r) => r.clusterId === clusterId).length,
    );
    expect(counts).toEqual([2, 2, 2]);
  });

  it('spreads over locations where that is wished', () => {
    const pictures = [
      aPicture({ id: id(1), name: 'm1', location: 'munich' }),
      aPicture({ id: id(2), name: 'm2', location: 'munich' }),
      aPicture({ id: id(3), name: 'h1', location: 'hamburg' }),
    ];
    const placement = { spreadBy: 'location' as const };
    const results = place(
      Array.from({ length: 4 }, (_, n) => aRequest({ instanceId: id(100 + n), placement })),
      pictures,
    );
    expect(results.filter((result) => result.clusterName === 'h1')).toHaveLength(2);
  });

  it('prefers the cluster that is closer to the wanted place', () => {
    const pictures = [
      aPicture({ id: id(1), name: 'h1', coordinates: hamburg }),
      aPicture({ id: id(2), name: 'm1', coordinates: munich }),
    ];
    expect(placeOne({ placement: { near: munich } }, pictures).clusterName).toBe('m1');
  });

  it('never overcommits a cluster, for any order of any 200 requests (P3)', () => {
    const amount = fc.record({
      cpuMillicores: fc.integer({ min: 0, max: 4_000 }),
      memoryMiB: fc.integer({ min: 0, max: 2_000 }),
      gpus: fc.integer({ min: 0, max: 2 }),
    });
    const capacity = fc.record({
      cpuMillicores: fc.integer({ min: 0, max: 40_000 }),
      memoryMiB: fc.integer({ min: 0, max: 20_000 }),
      gpus: fc.integer({ min: 0, max: 8 }),
    });
    fc.assert(
      fc.property(
        fc.array(capacity, { minLength: 1, maxLength: 8 }),
        fc.array(amount, { minLength: 200, maxLength: 200 }),
        (capacities, amounts) => {
          const pictures = capacities.map((free, n) =>
            aPicture({ id: id(n + 1), name: `c${n}`, capacity: free, free }),
          );
          const requests = amounts.map((resources, n) =>
            aRequest({ instanceId: id(1_000 + n), serviceId: id(n % 7), resources }),
          );
          const left = new Map(pictures.map(({ id: clusterId, free }) => [clusterId, free]));
          const results = place(requests, pictures);
          results.forEach((result, n) => {
            const { resources } = aRequest({ resources: amounts[n] ?? noResources });
            if (result.clusterId === undefined) {
              // Who is refused fits nowhere in what is left at that moment.
              for (const free of left.values()) expect(fits(resources, free)).toBe(false);
              return;
            }
            const free = left.get(result.clusterId) ?? noResources;
            expect(fits(resources, free)).toBe(true);
            left.set(result.clusterId, subtractResources(free, resources));
          });
        },
      ),
      { numRuns: 60 },
    );
  });

  it('chooses for each of many what it would choose for it alone, after those before', () => {
    const site = fc.record({
      cpuMillicores: fc.integer({ min: 0, max: 4_000 }),
      location: fc.constantFrom('munich', 'hamburg', undefined),
      active: fc.boolean(),
    });
    const wish = fc.record({
      service: fc.integer({ min: 1, max: 5 }),
      cpuMillicores: fc.constantFrom(0, 300, 900),
    });
    fc.assert(
      fc.property(
        fc.array(site, { minLength: 1, maxLength: 8 }),
        fc.array(wish, { minLength: 1, maxLength: 40 }),
        (sites, wishes) => {
          const pictures = sites.map(({ cpuMillicores, ...of }, n) => {
            const free = { cpuMillicores, memoryMiB: 1_000, gpus: 0 };
            return aPicture({ ...of, id: id(n + 1), name: `c${n}`, capacity: free, free });
          });
          const requests = wishes.map(({ service, cpuMillicores }, n) =>
            aRequest({
              instanceId: id(1_000 + n),
              serviceId: id(service),
              resources: { cpuMillicores, memoryMiB: 0, gpus: 0 },
              placement: { spreadBy: service === 1 ? 'location' : 'cluster' },
            }),
          );
          const left = pictures.map((picture) => ({ ...picture }));
          const placed = new Map<string, Map<string, number>>();
          const results = place(requests, pictures);
          requests.forEach((request, n) => {
            const siblings = placed.get(request.serviceId) ?? new Map<string, number>();
            placed.set(request.serviceId, siblings);
            const [best] = explain({ ...request, siblings }, left);
            const expected = best?.droppedBy === undefined ? best?.clusterId : undefined;
            expect(results[n]?.clusterId).toBe(expected);
            const chosen = left.find((picture) => picture.id === expected);
            if (chosen === undefined) return;
            chosen.free = subtractResources(chosen.free, request.resources);
            siblings.set(chosen.id, (siblings.get(chosen.id) ?? 0) + 1);
          });
        },
      ),
      { numRuns: 300 },
    );
  });

  it('gives the same answer for the same input', () => {
    const pictures = [1, 2, 3].map((n) => aPicture({ id: id(n), name: `c${n}` }));
    const requests = Array.from({ length: 20 }, (_, n) => aRequest({ instanceId: id(n) }));
    expect(place(requests, pictures)).toEqual(place(requests, pictures));
  });
});

describe('explain', () => {
  it('lists the best score first and says why the others were dropped', () => {
    const pictures = [
      aPicture({ id: id(1), name: 'full', free: noResources }),
      aPicture({ id: id(2), name: 'far', coordinates: hamburg }),
      aPicture({ id: id(3), name: 'close', coordinates: munich }),
    ];
    const considered = explain(aRequest({ placement: { near: munich } }), pictures);
    expect(considered.map(({ clusterName }) => clusterName)).toEqual(['close', 'far', 'full']);
    expect(considered[2]).toMatchObject({
      droppedBy: 'capacity',
      detail: 'needs 1 CPU cores, 100 MiB; free are nothing',
    });
    expect(considered[0]?.scores).toMatchObject({ distance: 1, spread: 1 });
  });
});

describe('distanceKm', () => {
  it('is the great-circle distance', () => {
    expect(distanceKm(munich, hamburg)).toBeCloseTo(612, -1);
    expect(distanceKm(munich, munich)).toBe(0);
    expect(
      distanceKm({ latitude: 0, longitude: 180 }, { latitude: 0, longitude: -180 }),
    ).toBeCloseTo(0);
  });
});
