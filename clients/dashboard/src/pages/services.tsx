import type { Service } from '@system-manager/client';
import { useState } from 'react';
import { Link } from 'wouter';
import { serviceList } from '../data/services.js';
import { count } from '../model/numbers.js';
import { Badge } from '../parts/badge.js';
import { Field } from '../parts/field.js';
import { Listing } from '../parts/listing.js';
import { Moment } from '../parts/moment.js';
import { Page } from '../parts/page.js';
import { Search } from '../parts/search.js';
import type { Column } from '../parts/table.js';
import { useConnection } from '../session/connection.js';

const columns: readonly Column<Service>[] = [
  {
    title: 'Name',
    width: '2fr',
    cell: ({ id, name }) => <Link href={`/services/${id}`}>{name}</Link>,
  },
  { title: 'Phase', width: '1.5fr', cell: ({ phase }) => <Badge word={phase} /> },
  {
    title: 'Running',
    width: '1.2fr',
    cell: ({ instances, replicas }) => `${count(instances['RUNNING'] ?? 0)} of ${count(replicas)}`,
  },
  { title: 'Application', width: '1.4fr', wide: true, cell: ({ application }) => application },
  { title: 'Revision', width: '0.8fr', wide: true, cell: ({ revision }) => revision },
  {
    title: 'Why',
    width: '2.4fr',
    wide: true,
    cell: ({ reason }) => <span title={reason}>{reason ?? ''}</span>,
  },
  {
    title: 'Changed',
    width: '1.2fr',
    wide: true,
    cell: ({ updatedAt }) => <Moment at={updatedAt} />,
  },
];

/** All services. */
export function ServicesPage() {
  const connection = useConnection();
  const [filter, setFilter] = useState({ name: '', application: '' });
  const deploy = connection.may('services:write') && (
    <Link href="/deploy" className="button primary">
      Deploy
    </Link>
  );
  return (
    <Page title="Services" actions={deploy}>
      <Search
        label="Services"
        onSearch={(fields) =>
          setFilter({ name: fields['name'] ?? '', application: fields['application'] ?? '' })
        }
      >
        <Field label="Name">{(ids) => <input {...ids} name="name" placeholder="exact" />}</Field>
        <Field label="Application">
          {(ids) => <input {...ids} name="application" placeholder="exact" />}
        </Field>
      </Search>
      <Listing
        key={JSON.stringify(filter)}
        label="Services"
        empty="There is no such service."
        columns={columns}
        list={() => serviceList(connection, filter)}
      />
    </Page>
  );
}
