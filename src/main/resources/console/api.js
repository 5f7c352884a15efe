import {bearer, refused} from './auth.js';
import {ID_RULE, isId} from './identifier.js';
import {plain} from './plain.js';

/** The service's base URL: the page's modules are one level below it. */
export const BASE = new URL('../', import.meta.url);

/** An answer that is not a success, or no answer at all (status 0). */
export class Problem extends Error {
  constructor(status, problem, retryAfter) {
    super(plain(problem.detail || problem.title || `The service answered with status ${status}.`));
    this.status = status;
    this.fields = Array.isArray(problem.errors) ? problem.errors : [];
    /** Seconds, 0 if the answer names none. */
    this.retryAfter = retryAfter;
  }

  /** The message for a field of the request, if it is among the refused ones. */
  field(name) {
    const found = this.fields.find(error => error.field === name);
    return found && sentence(found.message);
  }
}

export function sentence(text) {
  const trimmed = plain(text).trim();
  if (!trimmed) return '';
  return trimmed[0].toUpperCase() + trimmed.slice(1) + (/[.!?…]$/.test(trimmed) ? '' : '.');
}

async function problemOf(response) {
  let body = {};
  try {
    body = await response.json();
  } catch {
    // no problem document
  }
  return new Problem(response.status, body ?? {}, Number(response.headers.get('Retry-After')) || 0);
}

function urlOf(path, query = {}) {
  const url = new URL(path.replace(/^\//, ''), BASE);
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') url.searchParams.set(name, value);
  }
  return url;
}

/** Sends a request with the bearer token and returns the response, whose status is 2xx. */
export async function open(path, {method = 'GET', query, body, headers = {}, signal} = {}) {
  const token = await bearer();
  const sent = {Accept: 'application/json, application/problem+json', ...headers};
  if (token) sent.Authorization = `Bearer ${token}`;
  if (body) sent['Content-Type'] = 'application/json';
  let response;
  try {
    response = await fetch(urlOf(path, query), {
      method, headers: sent, body: body && JSON.stringify(body), signal, credentials: 'omit', redirect: 'error'
    });
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new Problem(0, {detail: 'The service cannot be reached.'}, 0);
  }
  if (response.ok) return response;
  if (response.status === 401) refused(token);
  throw await problemOf(response);
}

async function json(path, options) {
  const response = await open(path, options);
  return response.json();
}

/** An id as a part of a path; any other text would name another resource. */
function part(id) {
  if (!isId(id)) throw new Problem(422, {detail: `The id cannot be “${plain(id)}”: it is ${ID_RULE}.`}, 0);
  return encodeURIComponent(id);
}

export const getCameras = query => json('/cameras', {query});
export const getCoverage = async (camera, query, signal) => json(`/cameras/${part(camera)}/coverage`, {query, signal});
export const getJobs = (query, signal) => json('/jobs', {query, signal});
export const getFrames = async (id, signal) => json(`/jobs/${part(id)}/frames`, {signal});
export const getStatus = signal => json('/status', {signal});
export const cancelJob = async id => json(`/jobs/${part(id)}`, {method: 'DELETE'});
export const retryJob = async id => json(`/jobs/${part(id)}/retry`, {method: 'POST'});
/** A frame of a camera as JPEG, and its instant in milliseconds. */
export async function getPicture(camera, query, signal) {
  const headers = {Accept: 'image/jpeg, application/problem+json'};
  const response = await open(`/cameras/${part(camera)}/snapshot.jpg`, {query, headers, signal});
  return {blob: await response.blob(), frameAt: Number(response.headers.get('X-Frame-Time')) * 1000};
}

export const createClip = (request, key) =>
  json('/clips', {method: 'POST', body: request, headers: {'Idempotency-Key': key}});

/** A link for one PUT of a film: {method, url, headers, inputFile}. */
export const createUpload = (request, signal) => json('/uploads', {method: 'POST', body: request, signal});
export const createTranscode = (request, signal) => json('/transcodes', {method: 'POST', body: request, signal});

/** {token, url, life}; life: milliseconds by the service's clock, since the browser's may differ. */
export async function createPlaylistToken(id, signal) {
  const response = await open(`/jobs/${part(id)}/playlist-token`, {method: 'POST', signal});
  const {token, url, expiresAt} = await response.json();
  return {token, url, life: Date.parse(expiresAt) - Date.parse(response.headers.get('Date') ?? new Date())};
}

/** The job, and the seconds after which to ask again, 0 if it has ended. */
export async function getJob(id, signal) {
  const response = await open(`/jobs/${part(id)}`, {signal});
  return {job: await response.json(), retryAfter: Number(response.headers.get('Retry-After')) || 0};
}
