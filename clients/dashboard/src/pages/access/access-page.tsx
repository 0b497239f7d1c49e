import { Page, Panel } from '../../parts/page.js';
import { useConnection } from '../../session/connection.js';
import { Keys } from './keys.js';
import { Users } from './users.js';

/** People and the keys of programs, for those who may see to them. */
export function AccessPage() {
  const { may } = useConnection();
  return (
    <Page title="Access">
      {may('users:read') && (
        <Panel title="People">
          <Users />
        </Panel>
      )}
      {may('keys:write') && (
        <Panel title="API keys">
          <Keys />
        </Panel>
      )}
    </Page>
  );
}
