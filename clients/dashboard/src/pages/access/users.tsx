import { useState } from 'react';
import { roles, userList, type User } from '../../data/access.js';
import { useLatest } from '../../live/hooks.js';
import { textOf, tickedOf } from '../../model/form.js';
import { Badge } from '../../parts/badge.js';
import { Checkboxes } from '../../parts/checkboxes.js';
import { DialogButton } from '../../parts/dialog.js';
import { Field } from '../../parts/field.js';
import { Table, type Column } from '../../parts/table.js';
import { useConnection } from '../../session/connection.js';

interface ChangeProps {
  readonly onChanged: () => void;
}

const PasswordField = () => (
  <Field label="Password" hint="At least 12 characters.">
    {(ids) => (
      <input {...ids} name="password" type="password" autoComplete="new-password" required />
    )}
  </Field>
);

function AddUser({ onChanged }: ChangeProps) {
  const { client } = useConnection();
  const add = async (form: FormData): Promise<void> => {
    await client.post('/api/v1/users', {
      body: {
        name: textOf(form, 'name'),
        password: textOf(form, 'password'),
        roles: tickedOf(form, 'roles', roles),
      },
    });
    onChanged();
  };
  return (
    <DialogButton label="Add a user" title="Add a user" confirm="Add" task={add}>
      <Field label="Name">
        {(ids) => <input {...ids} name="name" autoComplete="off" required />}
      </Field>
      <PasswordField />
      <Checkboxes legend="Roles" name="roles" choices={roles} chosen={['viewer']} />
    </DialogButton>
  );
}

function ChangeUser({ user, onChanged }: ChangeProps & { readonly user: User }) {
  const { client } = useConnection();
  const change = async (form: FormData): Promise<void> => {
    await client.patch('/api/v1/users/{userId}', {
      params: { path: { userId: user.id } },
      body: { roles: tickedOf(form, 'roles', roles), disabled: form.has('disabled') },
    });
    onChanged();
  };
  return (
    <DialogButton label="Change" title={`Change ${user.name}`} confirm="Save" task={change}>
      <Checkboxes legend="Roles" name="roles" choices={roles} chosen={user.roles} />
      <label className="choice">
        <input type="checkbox" name="disabled" defaultChecked={user.disabled} />
        may not sign in
      </label>
    </DialogButton>
  );
}

function SetPassword({ user }: { readonly user: User }) {
  const { client } = useConnection();
  const set = (form: FormData): Promise<unknown> =>
    client.put('/api/v1/users/{userId}/password', {
      params: { path: { userId: user.id } },
      body: { password: textOf(form, 'password') },
    });
  return (
    <DialogButton
      label="Password"
      title={`Set the password of ${user.name}`}
      confirm="Set"
      task={set}
    >
      <PasswordField />
    </DialogButton>
  );
}

const columnsFor = (onChanged: () => void, mayWrite: boolean): readonly Column<User>[] => [
  { title: 'Name', width: '1.5fr', cell: ({ name }) => name },
  { title: 'Roles', width: '2fr', cell: ({ roles: held }) => held.join(', ') },
  {
    title: 'State',
    width: '1fr',
    wide: true,
    cell: ({ disabled }) => <Badge word={disabled ? 'disabled' : 'active'} />,
  },
  {
    title: 'Actions',
    width: '2fr',
    cell: (user) =>
      mayWrite && (
        <span className="actions">
          <ChangeUser user={user} onChanged={onChanged} />
          <SetPassword user={user} />
        </span>
      ),
  },
];

/** Who may sign in, and as what. */
export function Users() {
  const connection = useConnection();
  const mayWrite = connection.may('users:write');
  const [list] = useState(() => userList(connection));
  const { items, complete, error } = useLatest(list);
  return (
    <>
      {mayWrite && <AddUser onChanged={list.reload} />}
      <Table
        label="People"
        columns={columnsFor(list.reload, mayWrite)}
        items={items}
        keyOf={({ id }) => id}
        complete={complete}
        error={error}
        onLook={list.look}
        empty="Nobody."
      />
    </>
  );
}
