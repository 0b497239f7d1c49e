import { geoGraticule10, geoNaturalEarth1, geoPath } from 'd3-geo';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import land from 'world-atlas/land-110m.json';
import { many } from '../../model/numbers.js';
import { livenessOf, type Place } from '../../model/places.js';

const width = 960;
const height = 500;
const radiusMin = 4;

const topology = land as unknown as Topology<{ land: GeometryCollection }>;
const projection = geoNaturalEarth1().fitSize([width, height], { type: 'Sphere' });
const path = geoPath(projection);
const outline = path(feature(topology, topology.objects.land)) ?? '';
const lines = path(geoGraticule10()) ?? '';
const sphere = path({ type: 'Sphere' }) ?? '';

interface WorldMapProps {
  readonly places: readonly Place[];
  readonly chosen: string | undefined;
  readonly onChoose: (place: Place) => void;
}

/** The outlines of the world, from a file of the page itself, with a dot for each place. */
export const WorldMap = ({ places, chosen, onChoose }: WorldMapProps) => (
  <svg
    className="world"
    viewBox={`0 0 ${width} ${height}`}
    role="img"
    aria-label={`Map of the world with ${many(places.length, 'place')}`}
  >
    <path className="sphere" d={sphere} />
    <path className="lines" d={lines} />
    <path className="land" d={outline} />
    {places.map((place) => {
      const [x, y] = projection([place.longitude, place.latitude]) ?? [0, 0];
      const tone = livenessOf(place.clusters);
      return (
        <circle
          key={place.key}
          className={`${tone} ${place.key === chosen ? 'chosen' : ''}`}
          cx={x}
          cy={y}
          r={radiusMin + Math.sqrt(place.clusters.length) * 1.5}
          onClick={() => onChoose(place)}
        >
          <title>{`${place.name}: ${many(place.clusters.length, 'cluster')}`}</title>
        </circle>
      );
    })}
  </svg>
);
