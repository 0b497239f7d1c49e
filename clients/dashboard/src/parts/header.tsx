import { Link, useLocation, useRoute } from 'wouter';
import { useLatest } from '../live/hooks.js';
import type { LiveState } from '../live/live-events.js';
import { useConnection } from '../session/connection.js';
import { ThemeChoice } from './theme.js';

const said: Readonly<Record<LiveState, string>> = {
  connecting: 'Connecting…',
  open: 'Live',
  lost: 'Connection lost, trying again…',
  refused: 'Not live: read every few seconds',
};

/** Whether what is shown is kept up to date; said aloud when it changes. */
function LiveSign() {
  const { live } = useConnection();
  const state = useLatest(live.state);
  return (
    <span className={`live ${state}`} role="status">
      {said[state]}
    </span>
  );
}

function Place({ to, name }: { readonly to: string; readonly name: string }) {
  const [here] = useRoute(to === '/' ? '/' : `${to}/*?`);
  return (
    <Link href={to} aria-current={here ? 'page' : undefined}>
      {name}
    </Link>
  );
}

/** Where one can go, whether the page is live, and the way out. */
export function Header() {
  const { may, credentials, signOut } = useConnection();
  const who = credentials.kind === 'user' ? credentials.signedIn.user.name : 'token';
  const [, navigate] = useLocation();
  // Whoever signs in next begins at the beginning.
  const leave = (): void => {
    navigate('/');
    void signOut();
  };
  return (
    <header>
      <a className="skip" href="#main">
        To the content
      </a>
      <nav aria-label="Pages">
        <Place to="/" name="Overview" />
        <Place to="/clusters" name="Clusters" />
        <Place to="/map" name="Map" />
        <Place to="/services" name="Services" />
        <Place to="/instances" name="Instances" />
        {may('services:write') && <Place to="/deploy" name="Deploy" />}
        {may('events:read') && <Place to="/events" name="Events" />}
        {(may('users:read') || may('keys:write')) && <Place to="/access" name="Access" />}
      </nav>
      <div className="aside">
        <LiveSign />
        <ThemeChoice />
        <button type="button" className="plain" onClick={leave}>
          Sign out {who}
        </button>
      </div>
    </header>
  );
}
