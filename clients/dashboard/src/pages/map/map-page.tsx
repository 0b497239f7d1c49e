import type { Cluster } from '@system-manager/client';
import { useState } from 'react';
import { Link } from 'wouter';
import { allClusters } from '../../data/clusters.js';
import { useLatest } from '../../live/hooks.js';
import { many } from '../../model/numbers.js';
import { livenessOf, placesOf, type Place } from '../../model/places.js';
import { Badge } from '../../parts/badge.js';
import { Failure } from '../../parts/failure.js';
import { Page, Panel } from '../../parts/page.js';
import { Table, type Column } from '../../parts/table.js';
import { useConnection } from '../../session/connection.js';
import { WorldMap } from './world-map.js';

const clusterColumns: readonly Column<Cluster>[] = [
  {
    title: 'Name',
    width: '2fr',
    cell: ({ id, name }) => <Link href={`/clusters/${id}`}>{name}</Link>,
  },
  { title: 'State', width: '1fr', cell: ({ state }) => <Badge word={state} /> },
  { title: 'Location', width: '2fr', cell: ({ location }) => location ?? '–' },
];

const live: Readonly<Record<ReturnType<typeof livenessOf>, string>> = {
  good: 'all active',
  busy: 'some inactive',
  bad: 'none active',
};

function placeColumns(choose: (place: Place) => void): readonly Column<Place>[] {
  return [
    {
      title: 'Place',
      width: '2fr',
      cell: (place) => (
        <button type="button" className="plain" onClick={() => choose(place)}>
          {place.name}
        </button>
      ),
    },
    { title: 'Clusters', width: '1fr', cell: ({ clusters }) => clusters.length },
    { title: 'Liveness', width: '1fr', cell: ({ clusters }) => live[livenessOf(clusters)] },
  ];
}

/** Where the clusters are. The list says the same as the map, for those who do not see it. */
export function MapPage() {
  const connection = useConnection();
  const [resource] = useState(() => allClusters(connection));
  const { data: clusters = [], error } = useLatest(resource);
  const [chosen, setChosen] = useState<string>();
  const { places, nowhere } = placesOf(clusters);
  const place = places.find(({ key }) => key === chosen);
  const choose = ({ key }: Place): void => setChosen(key);
  return (
    <Page title="Map" actions={<Link href="/clusters">List</Link>}>
      <Failure error={error} />
      <WorldMap places={places} chosen={chosen} onChoose={choose} />
      {nowhere.length > 0 && (
        <p className="quiet">
          {many(nowhere.length, 'cluster')} without coordinates, not on the map.
        </p>
      )}
      <div className="panels two">
        <Panel title="Places">
          <Table
            label="Places"
            columns={placeColumns(choose)}
            items={places}
            keyOf={({ key }) => key}
            complete
            empty="No cluster tells its coordinates."
          />
        </Panel>
        <Panel title={place ? `Clusters at ${place.name}` : 'Clusters without coordinates'}>
          <Table
            label="Clusters of the place"
            columns={clusterColumns}
            items={place ? place.clusters : nowhere}
            keyOf={({ id }) => id}
            complete
            empty="None."
          />
        </Panel>
      </div>
    </Page>
  );
}
