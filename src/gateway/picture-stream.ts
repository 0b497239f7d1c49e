import type { components } from '../../generated/openapi.js';
import type { ClusterPicture } from '../domain/scheduling/scheduling.js';
import { defined, toResources } from '../wire/values.js';

type ClustersFrame = components['schemas']['ClustersFrame'];
type Shown = components['schemas']['ClusterPicture'];

/** Clusters in one frame. */
const clustersMax = 1_000;

const toShown = (picture: ClusterPicture): Shown => ({
  ...defined({ location: picture.location, coordinates: picture.coordinates }),
  id: picture.id,
  name: picture.name,
  active: picture.active,
  schedulable: picture.schedulable,
  capabilities: [...picture.capabilities],
  labels: { ...picture.labels },
  taints: [...picture.taints],
  workers: [...(picture.workers ?? [])],
  capacity: toResources(picture.capacity),
  free: toResources(picture.free),
});

/** What one scheduler has been told of the clusters, and what it has to be told next. */
export class PictureStream {
  readonly #told = new Map<string, string>();
  #version = 0;

  /** Version of the picture after everything that was made into frames. */
  get version(): number {
    return this.#version;
  }

  /** The frames that bring the scheduler to this picture: all of it the first time, then what has changed. */
  framesTo(picture: readonly ClusterPicture[]): readonly ClustersFrame[] {
    const full = this.#version === 0;
    const changed: Shown[] = [];
    const gone = new Set(this.#told.keys());
    for (const each of picture) {
      const shown = toShown(each);
      const text = JSON.stringify(shown);
      gone.delete(each.id);
      if (this.#told.get(each.id) === text) continue;
      this.#told.set(each.id, text);
      changed.push(shown);
    }
    if (!full && changed.length === 0 && gone.size === 0) return [];
    for (const id of gone) this.#told.delete(id);
    this.#version += 1;
    const parts = Math.max(1, Math.ceil(changed.length / clustersMax));
    return Array.from({ length: parts }, (_, part) => ({
      type: 'clusters' as const,
      version: this.#version,
      full: full && part === 0,
      more: part < parts - 1,
      clusters: changed.slice(part * clustersMax, (part + 1) * clustersMax),
      removed: part === 0 ? [...gone] : [],
    }));
  }
}
