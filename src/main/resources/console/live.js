// Changes of jobs. One tab of a browser holds the stream and passes on what it reads; where there is no stream, it
// tells all tabs to read their lists again.
import {open} from './api.js';
import {session} from './auth.js';
import {eventReader} from './sse.js';
import {store} from './store.js';

const NAME = 'camclips.jobs';
const PAUSE = 3000;
const POLL = 5000;
const SILENCE = 45_000;

/** 'off', 'connecting', 'live' or 'polling' */
export const liveness = store('off');

const listeners = new Set();
const channel = new BroadcastChannel(NAME);
let abort = null;

/** Calls back with {job} for a job that changed and with {reset: true} where changes may have been missed. */
export function onChange(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell(message) {
  receive(message);
  channel.postMessage(message);
}

function receive(message) {
  if (session.get().state !== 'in' && session.get().state !== 'off') return;
  if (message.liveness) liveness.set(message.liveness);
  if (message.job || message.reset) for (const listener of [...listeners]) listener(message);
}

let leads = false;

channel.onmessage = ({data}) => {
  if (data.hello) {
    if (leads) channel.postMessage({liveness: liveness.get()});
  } else {
    receive(data);
  }
};

session.subscribe(({state}) => (state === 'in' || state === 'off' ? start() : stop()));

function start() {
  if (abort) return;
  abort = new AbortController();
  const {signal} = abort;
  liveness.set('connecting');
  channel.postMessage({hello: true});
  const work = () => lead(signal);
  // without locks (a page that is not in a secure context) each tab has a stream of its own
  const done = navigator.locks ? navigator.locks.request(NAME, {signal}, work) : work();
  done.catch(error => {
    if (error.name !== 'AbortError') throw error;
  });
}

function stop() {
  abort?.abort();
  abort = null;
  liveness.set('off');
}

const pause = (millis, signal) => new Promise(resolve => {
  if (signal.aborted) {
    resolve();
    return;
  }
  const timer = setTimeout(resolve, millis);
  signal.addEventListener('abort', () => {
    clearTimeout(timer);
    resolve();
  }, {once: true});
});

async function lead(signal) {
  leads = true;
  const state = {lastId: ''};
  try {
    while (!signal.aborted) {
      let wait;
      try {
        wait = await follow(state, signal);
      } catch (error) {
        if (signal.aborted) return;
        tell({liveness: 'polling'});
        tell({reset: true});
        wait = error.retryAfter ? error.retryAfter * 1000 : POLL;
      }
      await pause(wait, signal);
    }
  } finally {
    leads = false;
  }
}

/** Reads one stream to its end. Returns the milliseconds to wait before the next. */
async function follow(state, signal) {
  const silence = new AbortController();
  const cancel = () => silence.abort();
  signal.addEventListener('abort', cancel, {once: true});
  let watch = setTimeout(cancel, SILENCE);
  try {
    const headers = {Accept: 'text/event-stream, application/problem+json'};
    if (state.lastId) headers['Last-Event-ID'] = state.lastId;
    const response = await open('/jobs/events', {headers, signal: silence.signal});
    tell({liveness: 'live'});
    if (!state.lastId) tell({reset: true});
    const reader = eventReader();
    const body = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const {done, value} = await body.read();
      if (done) break;
      clearTimeout(watch);
      watch = setTimeout(cancel, SILENCE);
      for (const event of reader.feed(value)) pass(event);
      state.lastId = reader.seen.lastId || state.lastId;
    }
    return reader.seen.retry || PAUSE;
  } catch (error) {
    if (error.name === 'AbortError' && !signal.aborted) return PAUSE;
    throw error;
  } finally {
    clearTimeout(watch);
    signal.removeEventListener('abort', cancel);
    silence.abort();
  }
}

function pass(event) {
  if (event.type === 'reset') tell({reset: true});
  if (event.type !== 'job') return;
  try {
    tell({job: JSON.parse(event.data)});
  } catch {
    tell({reset: true});
  }
}
