import {address, parseHash} from './address.js';
import {App} from './app.js';
import {startSession} from './auth.js';
import {loadSettings} from './settings.js';
import {html, render} from './view.js';

const PAUSE = 3000;

const root = document.getElementById('app');

/** The service may still be starting, so it is asked until it answers. */
async function settled() {
  for (;;) {
    try {
      return await loadSettings();
    } catch (error) {
      root.textContent = `The page cannot start yet: ${error.message}`;
      await new Promise(resolve => setTimeout(resolve, PAUSE));
    }
  }
}

async function start() {
  // the hash of a sign-in is restored before anything reads it
  const hash = await startSession(await settled());
  if (hash !== null) address.set(parseHash(hash));
  root.textContent = '';
  render(html`<${App} />`, root);
}

start();
