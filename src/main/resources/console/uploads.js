// Films on their way to the bucket, and to their jobs. They go on while another view is shown, and end with the page.
import {createTranscode, createUpload, getJobs, Problem, sentence} from './api.js';
import {session} from './auth.js';
import {plain} from './plain.js';
import {settings} from './settings.js';
import {store} from './store.js';
import {bytes} from './words.js';

const AT_ONCE = 2;
const LOOK = 1000;
/** Milliseconds in which the bucket's notification usually has become a job; a later one finds the job of a request. */
const NOTIFIED = 10_000;
const MOST_FAILURES = 5;
const LONGEST_NAME = 255;
const TYPE = /^(video|audio)\/[A-Za-z0-9.+-]{1,100}$/;
const BUSY = ['waiting', 'sending', 'finding'];

/**
 * {id, file, state, sent, isStored, jobId, message}; sent: bytes; isStored: the bucket said so; message: why it failed or
 * was lost.
 *
 * state: 'waiting', 'sending', 'finding' (it is in the bucket), 'done' (it has a job), 'lost' (its job was not found),
 * 'failed', 'refused' (it failed before anything was sent, and would again) or 'cancelled'
 */
export const uploads = store([]);

let last = 0;

export const isBusy = upload => BUSY.includes(upload.state);

const change = (id, changes) => uploads.set(uploads.get().map(one => (one.id === id ? {...one, ...changes} : one)));
const get = id => uploads.get().find(one => one.id === id);

export function addFiles(files) {
  const added = Array.from(files, file => ({id: ++last, file, sent: 0, ...checked(file)}));
  uploads.set([...uploads.get(), ...added]);
  next();
}

function checked({size}) {
  if (size === 0) return {state: 'refused', message: 'The file is empty.'};
  if (size > settings.maxUploadBytes) {
    return {state: 'refused', message: `The file has ${bytes(size)}. Allowed are ${bytes(settings.maxUploadBytes)}.`};
  }
  return {state: 'waiting'};
}

export function cancelUpload(id) {
  get(id).abort?.abort();
  change(id, {state: 'cancelled', sent: 0});
  next();
}

export function retryUpload(id) {
  change(id, {state: 'waiting', sent: 0, message: null});
  next();
}

export const removeUpload = id => uploads.set(uploads.get().filter(one => one.id !== id));

export function findAgain(id) {
  const {inputFile} = get(id);
  find(id, inputFile, begun(id, 'finding'));
}

function next() {
  const free = AT_ONCE - uploads.get().filter(one => one.state === 'sending').length;
  for (const one of uploads.get().filter(upload => upload.state === 'waiting').slice(0, Math.max(0, free))) run(one);
}

/** Returns the signal that ends what begins. */
function begun(id, state) {
  const abort = new AbortController();
  change(id, {state, message: null, abort});
  return abort.signal;
}

async function run({id, file}) {
  const signal = begun(id, 'sending');
  let inputFile = null;
  let isStored = true;
  try {
    const link = await createUpload({name: nameOf(file), contentType: typeOf(file), bytes: file.size}, signal);
    inputFile = link.inputFile;
    signal.throwIfAborted();
    await send(link, file, signal, sent => change(id, {sent}));
  } catch (error) {
    if (signal.aborted) return;
    // the answer may have been lost, and not the film
    if (!(error instanceof BrokenError && get(id).sent === file.size)) {
      const message = await reasonOf(error, get(id));
      if (!signal.aborted) change(id, {state: 'failed', message});
      next();
      return;
    }
    isStored = false;
  }
  change(id, {state: 'finding', sent: file.size, inputFile, isStored});
  next();
  await find(id, inputFile, signal);
}

/** The contract allows 255 characters; the end has the extension. */
const nameOf = file => Array.from(plain(file.name)).slice(-LONGEST_NAME).join('') || 'film';
const typeOf = file => (TYPE.test(file.type) ? file.type : 'application/octet-stream');

class BrokenError extends Error {}

class RefusedError extends Error {
  constructor(status, text) {
    super(/<Code>(\w{1,60})<\/Code>/.exec(text)?.[1] ?? '');
    this.status = status;
  }
}

/** Sends the film; fetch would not say how far it is. */
function send({method, url, headers}, file, signal, onSent) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    signal.addEventListener('abort', stop, {once: true});
    request.upload.onprogress = ({loaded}) => onSent(loaded);
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve();
      else reject(new RefusedError(request.status, request.responseText));
    };
    request.onerror = () => reject(new BrokenError());
    request.onabort = () => reject(signal.reason);
    request.onloadend = () => signal.removeEventListener('abort', stop);
    request.open(method, url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.send(file);
  });
}

async function reasonOf(error, {file, sent}) {
  if (error instanceof RefusedError) {
    const code = [`status ${error.status}`, error.message].filter(Boolean).join(', ');
    if (error.status === 413) return `The bucket refused the film, which is too large (${code}).`;
    return `The bucket refused the film (${code}).${error.status === 403 ? ' Its link may have ended.' : ''}`;
  }
  if (error instanceof BrokenError) {
    // what was moved or changed meanwhile cannot be sent, and browsers say no more than that
    const isReadable = await file.slice(0, 1).arrayBuffer().then(() => true, () => false);
    if (!isReadable) return 'The file was moved or changed. Choose it again.';
    return sent ? `The connection broke after ${bytes(sent)} of ${bytes(file.size)}.`
      : 'The bucket cannot be reached, or does not allow this page to upload (CORS).';
  }
  if (error.status === 403) return 'Your token does not allow uploads: it lacks the scope clips:write.';
  return said(error);
}

function said(error) {
  const fields = error.fields?.map(({field, message}) => sentence(`${field}: ${message}`)).join(' ');
  return `${fields || sentence(error.message)}${error.retryAfter ? ` Try again in ${error.retryAfter} s.` : ''}`;
}

const isPassing = error => error instanceof Problem && (error.status === 0 || error.status === 429 || error.status >= 500);

const pause = millis => new Promise(resolve => setTimeout(resolve, millis));

/**
 * Waits for the job of a film that is in the bucket, and requests it if the bucket's notification makes none in time: it
 * may wait behind other films, or there may be none.
 */
async function find(id, inputFile, signal) {
  const patience = Date.now() + NOTIFIED;
  let failures = 0;
  while (!signal.aborted) {
    let wait = LOOK;
    try {
      const job = Date.now() < patience ? (await getJobs({inputFile, limit: 1}, signal)).jobs[0]
        : await createTranscode({inputFile}, signal);
      if (job) {
        change(id, {state: 'done', jobId: job.jobId});
        return;
      }
    } catch (error) {
      if (signal.aborted) return;
      failures++;
      if (!isPassing(error) || failures > MOST_FAILURES) {
        change(id, error.status === 422 ? {state: 'failed', message: 'The connection broke, and the film is not in the bucket.'}
          : {state: 'lost', message: `${get(id).isStored ? 'The film is in the bucket, but its job is not found.'
            : 'The connection broke at the end. The film may be in the bucket.'} ${said(error)}`});
        return;
      }
      wait = Math.max(LOOK * failures, error.retryAfter * 1000);
    }
    await pause(wait);
  }
}

const warn = event => event.preventDefault();

// only while something would be lost, since pages that ask are not kept for going back
uploads.subscribe(all => (all.some(isBusy) ? addEventListener('beforeunload', warn) : removeEventListener('beforeunload', warn)));

// who signs out leaves nothing to the next user; who has to sign in again goes on
session.subscribe(({state, error}) => {
  if (state !== 'out' || error) return;
  for (const one of uploads.get()) one.abort?.abort();
  uploads.set([]);
});
