import { createClient } from '@system-manager/client';
import { useState } from 'react';
import { textOf } from '../model/form.js';
import { Failure } from '../parts/failure.js';
import { Field } from '../parts/field.js';
import { Page } from '../parts/page.js';
import { useTask } from '../parts/task.js';
import type { Credentials, Session } from '../session/session.js';

interface SignInProps {
  readonly baseUrl: string;
  readonly session: Session;
  readonly onSignedIn: (credentials: Credentials) => void;
}

/** Signing in with a name and a password, or with a token that somebody has at hand. */
export function SignInPage({ baseUrl, session, onSignedIn }: SignInProps) {
  const [withToken, setWithToken] = useState(false);
  const { busy, error, run } = useTask();
  const signIn = async (form: FormData): Promise<void> => {
    if (!withToken)
      return onSignedIn(await session.signIn(textOf(form, 'name'), textOf(form, 'password')));
    const token = textOf(form, 'token');
    await createClient({ baseUrl, token }).get('/api/v1/version');
    onSignedIn(session.useToken(token));
  };
  return (
    <Page title="Sign in">
      <form
        className="panel narrow"
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          run(() => signIn(form));
        }}
      >
        {withToken ? (
          <Field label="Token or API key" hint="The admin token lies in data/admin-token.">
            {(ids) => (
              <input
                {...ids}
                name="token"
                type="password"
                autoComplete="off"
                required
                key="token"
              />
            )}
          </Field>
        ) : (
          <>
            <Field label="User">
              {(ids) => <input {...ids} name="name" autoComplete="username" required />}
            </Field>
            <Field
              label="Password"
              hint="At the first start there is the user admin, whose password is the admin token."
            >
              {(ids) => (
                <input
                  {...ids}
                  name="password"
                  type="password"
                  autoComplete="current-password"
                  required
                />
              )}
            </Field>
          </>
        )}
        <Failure error={error} />
        <div className="actions">
          <button type="submit" className="primary" disabled={busy}>
            Sign in
          </button>
          <button type="button" className="plain" onClick={() => setWithToken(!withToken)}>
            {withToken ? 'With a password instead' : 'With a token instead'}
          </button>
        </div>
      </form>
    </Page>
  );
}
