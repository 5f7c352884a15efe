// The state that a colleague gets with the address: it is in the hash, which no server sees.
import {store} from './store.js';

const WAIT = 300;

export function parseHash(hash) {
  const state = {};
  for (const pair of hash.replace(/^#/, '').split('&')) {
    const at = pair.indexOf('=');
    if (at < 1) continue;
    try {
      state[pair.slice(0, at)] = decodeURIComponent(pair.slice(at + 1));
    } catch {
      // a malformed part is left out
    }
  }
  return state;
}

export function formatHash(state) {
  const pairs = Object.entries(state)
    .filter(([, value]) => value !== undefined && value !== null && value !== '')
    .map(([key, value]) => `${key}=${encodeURIComponent(value).replace(/%(3A|2F|2C)/g, decodeURIComponent)}`);
  return pairs.length ? `#${pairs.join('&')}` : '';
}

export const address = store(parseHash(location.hash));

let pending = 0;

function written(state) {
  return location.pathname + location.search + formatHash(state);
}

function flush() {
  clearTimeout(pending);
  pending = 0;
  if (location.hash !== formatHash(address.get())) history.replaceState(null, '', written(address.get()));
}

/** Changes some values at once and the address bar a little later: browsers limit how often it changes. */
export function adjust(changes) {
  address.set({...address.get(), ...changes});
  if (!pending) pending = setTimeout(flush, WAIT);
}

/** Goes to another view, with an entry in the browser's history. */
export function go(state) {
  flush();
  history.pushState(null, '', written(state));
  address.set(state);
}

addEventListener('popstate', () => address.set(parseHash(location.hash)));
addEventListener('pagehide', flush);

const list = text => (text ? text.split(',').filter(Boolean) : []);

export const cameraIds = state => list(state.camera);

/** An instant of the address in milliseconds; NaN if there is none. */
export function instantIn(state, key) {
  return state[key] ? Date.parse(state[key]) : NaN;
}

export const isoOf = instant => (Number.isFinite(instant) ? new Date(Math.round(instant)).toISOString() : undefined);
