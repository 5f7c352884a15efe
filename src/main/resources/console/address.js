// The state that a colleague gets with the address: it is in the hash, which no server sees.
import {ID_RULE, isId} from './identifier.js';
import {plain} from './plain.js';
import {store} from './store.js';

const WAIT = 300;

export const MOST_CAMERAS = 8;

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

/** Counts the addresses that were entered, followed or gone back to: a view begins anew with each. */
export const arrivals = store(0);

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
  arrive(state);
}

function arrive(state) {
  clearTimeout(pending);
  pending = 0;
  address.set(state);
  arrivals.set(arrivals.get() + 1);
}

// an entered address causes both events, and some browsers only the second
for (const type of ['popstate', 'hashchange']) {
  addEventListener(type, () => {
    const state = parseHash(location.hash);
    if (formatHash(state) !== formatHash(address.get())) arrive(state);
  });
}
addEventListener('pagehide', flush);

const list = text => (text ? text.split(',').filter(Boolean) : []);

/** Ids of the chosen cameras. Texts that are no ids are left out; `strangeCameras` has them. */
export const cameraIds = state => [...new Set(list(state.camera).filter(isId))].slice(0, MOST_CAMERAS);

const strangeCameras = state => list(state.camera).filter(text => !isId(text));

/** What is wrong with the cameras and the interval of an address, for whoever opens it; null if nothing is. */
export function troubleIn(state) {
  const strange = strangeCameras(state);
  if (strange.length) return `The camera cannot be “${plain(strange[0]).slice(0, 60)}”, as in the address: an id is ${ID_RULE}.`;
  const more = [...new Set(list(state.camera))].slice(MOST_CAMERAS);
  if (more.length) return `At most ${MOST_CAMERAS} cameras are shown at once, of the address not ${more.join(', ').slice(0, 200)}.`;
  const {from, to} = state;
  if ((from || to) && !(instantIn(state, 'from') < instantIn(state, 'to'))) {
    return `The address has no interval: from, “${plain(from).slice(0, 40)}”, must be an instant before to, “${plain(to).slice(0, 40)}”.`;
  }
  return null;
}

/** An instant of the address in milliseconds; NaN if there is none. */
export function instantIn(state, key) {
  return state[key] ? Date.parse(state[key]) : NaN;
}

export const isoOf = instant => (Number.isFinite(instant) ? new Date(Math.round(instant)).toISOString() : undefined);
