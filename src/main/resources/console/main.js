import {address, parseHash} from './address.js';
import {App} from './app.js';
import {startSession} from './auth.js';
import {loadSettings} from './settings.js';
import {html, render} from './view.js';

const root = document.getElementById('app');

async function start() {
  // the hash of a sign-in is restored before anything reads it
  const hash = await startSession(await loadSettings());
  if (hash !== null) address.set(parseHash(hash));
  root.textContent = '';
  render(html`<${App} />`, root);
}

start().catch(error => {
  root.textContent = `The page cannot start: ${error.message} Reload it in a moment.`;
});
