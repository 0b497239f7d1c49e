import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.js';
import { applyTheme } from './parts/theme.js';
import { doorOf, Session } from './session/session.js';
import './styles.css';

applyTheme();
const baseUrl = location.origin;
const session = new Session(doorOf(baseUrl), sessionStorage, () => Date.now());
const root = document.getElementById('root');
if (!root) throw new Error('the page has no root');
createRoot(root).render(
  <StrictMode>
    <App baseUrl={baseUrl} session={session} />
  </StrictMode>,
);
