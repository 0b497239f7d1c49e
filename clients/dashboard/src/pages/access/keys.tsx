import { useState } from 'react';
import { keyList, permissions, type ApiKey } from '../../data/access.js';
import { useLatest } from '../../live/hooks.js';
import { textOf, tickedOf } from '../../model/form.js';
import { fullTime } from '../../model/time.js';
import { Checkboxes } from '../../parts/checkboxes.js';
import { DialogButton } from '../../parts/dialog.js';
import { Field } from '../../parts/field.js';
import { Moment } from '../../parts/moment.js';
import { Table, type Column } from '../../parts/table.js';
import { useConnection } from '../../session/connection.js';

function AddKey({ onMade }: { readonly onMade: (key: string) => void }) {
  const { client, may } = useConnection();
  const add = async (form: FormData): Promise<void> => {
    const { key } = await client.post('/api/v1/api-keys', {
      body: {
        name: textOf(form, 'name'),
        permissions: tickedOf(form, 'permissions', permissions),
        days: Number(textOf(form, 'days')),
      },
    });
    onMade(key);
  };
  return (
    <DialogButton label="Make a key" title="Make an API key" confirm="Make" task={add}>
      <Field label="Name">
        {(ids) => <input {...ids} name="name" autoComplete="off" required />}
      </Field>
      <Field label="Days until it ends">
        {(ids) => <input {...ids} name="days" type="number" min={1} defaultValue={90} required />}
      </Field>
      <Checkboxes legend="It may" name="permissions" choices={permissions.filter(may)} />
    </DialogButton>
  );
}

function Revoke({
  apiKey,
  onChanged,
}: {
  readonly apiKey: ApiKey;
  readonly onChanged: () => void;
}) {
  const { client } = useConnection();
  const revoke = async (): Promise<void> => {
    await client.delete('/api/v1/api-keys/{keyId}', { params: { path: { keyId: apiKey.id } } });
    onChanged();
  };
  return (
    <DialogButton
      label="Revoke"
      title={`Revoke ${apiKey.name}`}
      confirm="Revoke"
      dangerous
      task={revoke}
    >
      <p>Programs that use it are refused from the next request on.</p>
    </DialogButton>
  );
}

const columnsFor = (onChanged: () => void): readonly Column<ApiKey>[] => [
  { title: 'Name', width: '1.5fr', cell: ({ name }) => name },
  { title: 'May', width: '2.5fr', wide: true, cell: ({ permissions: held }) => held.join(', ') },
  { title: 'Ends', width: '1.5fr', cell: ({ expiresAt }) => fullTime(expiresAt) },
  {
    title: 'Last used',
    width: '1.2fr',
    wide: true,
    cell: ({ lastUsedAt }) => (lastUsedAt === undefined ? 'never' : <Moment at={lastUsedAt} />),
  },
  {
    title: 'Actions',
    width: '1fr',
    cell: (apiKey) => <Revoke apiKey={apiKey} onChanged={onChanged} />,
  },
];

/** What programs come with. A key is shown once, when it is made. */
export function Keys() {
  const connection = useConnection();
  const [list] = useState(() => keyList(connection));
  const [made, setMade] = useState<string>();
  const { items, complete, error } = useLatest(list);
  const show = (key: string): void => {
    setMade(key);
    list.reload();
  };
  return (
    <>
      <AddKey onMade={show} />
      {made !== undefined && (
        <p role="status" className="made">
          Copy it now; it is not shown again: <code>{made}</code>
        </p>
      )}
      <Table
        label="API keys"
        columns={columnsFor(list.reload)}
        items={items}
        keyOf={({ id }) => id}
        complete={complete}
        error={error}
        onLook={list.look}
        empty="There are no keys."
      />
    </>
  );
}
