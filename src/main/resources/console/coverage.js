// What is known of the footage of each camera: runs {start, end, kind, reason}, read in windows as they are shown.
import {getCoverage} from './api.js';
import {settings} from './settings.js';
import {store} from './store.js';
import {overlay, within} from './timeline.js';

const MOST_RUNS = 20_000;
const STALE = 20_000;
const COARSEST = 86_400;
const COARSE_PIXELS = 1200;
const MOST_HALVINGS = 4;

const KINDS = {NOT_YET_RECORDED: 'future', EXPIRED: 'expired'};

/** Seconds: the resolution in which the whole retention is read. */
export const coarse = () => Math.ceil(settings.kept / COARSE_PIXELS / 1000);

/** Seconds: the finest resolution that can be seen in a view. */
export const visible = view => Math.floor((view.end - view.start) / COARSE_PIXELS / 1000);

/**
 * Changes whenever more is known: {[cameraId]: {runs, windows, error, loading, answered, unknown}}. `answered` says whether
 * the service answered for this camera, `unknown` that it does not know it. Both lists are sorted and free of
 * overlaps; a window {start, end, resolution, at} says how finely and when its runs were read. The store has no
 * prototype, since a camera may be named like a property of objects.
 */
export const coverage = store(Object.create(null));

function runsOf(answer) {
  const runs = [];
  const add = (one, kind) => {
    const start = Date.parse(one.start);
    const end = Date.parse(one.end);
    if (start < end) runs.push({start, end, kind, reason: one.reason});
  };
  for (const one of answer.recordings) add(one, 'footage');
  for (const one of answer.gaps) add(one, KINDS[one.reason] ?? 'gap');
  runs.sort((a, b) => a.start - b.start);
  // overlapping recordings count once
  const apart = [];
  for (const run of runs) {
    const last = apart.at(-1);
    if (last && run.start < last.end) {
      if (run.end <= last.end) continue;
      run.start = last.end;
    }
    apart.push(run);
  }
  return apart;
}

const empty = () => ({runs: [], windows: [], error: null, loading: 0, answered: false, unknown: false});

const NOT_FOUND = 404;

const stateOf = camera => coverage.get()[camera] ?? empty();

function change(camera, changes) {
  const changed = {...stateOf(camera), ...changes};
  coverage.set(Object.assign(Object.create(null), coverage.get(), {[camera]: changed}));
}

/** The parts of an interval that lie outside sorted spans. */
function outside(spans, start, end) {
  return within(spans, start, end).filter(part => part.kind === 'unknown').map(part => ({start: part.start, end: part.end}));
}

/** Footage that may come is no news where it is known that none will: an answer does not see later recordings. */
function laidOver(known, answer, start, end) {
  return within(answer, start, end).filter(run => run.kind !== 'unknown').flatMap(run => (run.kind === 'future'
    ? within(known, run.start, run.end).map(part => (part.kind === 'gap' ? part : {...run, start: part.start, end: part.end}))
    : [run]));
}

/**
 * Lays an answer over what is known. A finer window keeps its runs, except where nothing was recorded yet when it was
 * read.
 *
 * state: {runs, windows}; answer: {start, end, resolution, at, runs}. Returns {runs, windows}.
 */
export function merged(state, answer) {
  const kept = state.windows
    .filter(one => one.resolution < answer.resolution)
    .flatMap(one => within(state.runs, one.start, one.end))
    .filter(run => run.kind !== 'future' && run.kind !== 'unknown')
    .map(({start, end}) => ({start, end, kind: 'kept'}));
  let {runs, windows} = state;
  for (const {start, end} of outside(kept, answer.start, answer.end)) {
    runs = overlay(runs, laidOver(runs, answer.runs, start, end), start, end);
    windows = overlay(windows, [{start, end, resolution: answer.resolution, at: answer.at}], start, end);
  }
  return {runs, windows};
}

/** The parts of an interval that are not known as finely as asked. What was not yet recorded is known for a while only. */
export function unknownIn(state, start, end, resolution, now = Date.now()) {
  const known = state.windows.filter(one => one.resolution <= resolution && one.start < end && one.end > start
    && (now - one.at < STALE || !within(state.runs, one.start, one.end).some(run => run.kind === 'future')));
  return outside(known.map(one => ({...one, kind: 'known'})), start, end);
}

/** Whether every recording of an interval was listed by itself. */
export function isExact(camera, start, end) {
  const from = Math.max(start, Date.now() - settings.kept);
  return end <= from || unknownIn({...stateOf(camera), runs: []}, from, end, 0).length === 0;
}

/** A camera is asked for only once while the service does not know it. */
export const isUnknown = camera => stateOf(camera).unknown;

export function forgetUnknown(camera) {
  if (isUnknown(camera)) change(camera, {unknown: false, answered: false});
}

/** Reads that are under way, by camera. */
const reads = new Map();

/** Reads a window unless it is known, or is being read. `wanted` is its resolution in seconds. */
export async function want(camera, start, end, wanted, signal) {
  const resolution = Math.min(wanted, COARSEST);
  if (stateOf(camera).unknown) return;
  const from = Math.max(Math.floor(start), Date.now() - settings.kept);
  const to = Math.min(Math.ceil(end), from + settings.kept);
  if (to <= from) return;
  const unknown = unknownIn(stateOf(camera), from, to, resolution);
  if (!unknown.length) return;
  const window = {start: unknown[0].start, end: unknown.at(-1).end, resolution};
  const others = reads.get(camera) ?? [];
  const other = others.find(one => one.start <= window.start && one.end >= window.end && one.resolution <= resolution);
  if (other) {
    await other.done;
    return;
  }
  // whether there is such a camera is asked once, and not by every view
  const first = !stateOf(camera).answered && others[0];
  if (first) {
    await first.done;
    await want(camera, start, end, wanted, signal);
    return;
  }
  window.done = readCounted(camera, window, signal);
  // one that can be aborted is of no use to others
  if (!signal) reads.set(camera, [...others, window]);
  await window.done;
  reads.set(camera, (reads.get(camera) ?? []).filter(one => one !== window));
}

async function readCounted(camera, {start, end, resolution}, signal) {
  change(camera, {loading: stateOf(camera).loading + 1});
  let changes = {};
  try {
    await read(camera, start, end, resolution, signal);
    changes = {error: null, answered: true};
  } catch (error) {
    if (error.status === NOT_FOUND) changes = {error: null, answered: true, unknown: true};
    else if (error.name !== 'AbortError') changes = {error, answered: true};
  }
  change(camera, {...changes, loading: Math.max(0, stateOf(camera).loading - 1)});
}

/** Reads an interval; one with more recordings than an answer holds is read in halves if each of them matters. */
async function read(camera, start, end, resolution, signal, halvings = 0) {
  const answer = await getCoverage(camera, {
    start: new Date(start).toISOString(), end: new Date(end).toISOString(), resolution
  }, signal);
  const got = {start, end, resolution: answer.resolution ?? resolution, at: Date.now(), runs: runsOf(answer)};
  const next = merged(stateOf(camera), got);
  const {start: from, end: to, resolution: fineness, at} = got;
  change(camera, next.runs.length > MOST_RUNS
    ? {runs: got.runs, windows: [{start: from, end: to, resolution: fineness, at}]} : next);
  if (resolution === 0 && got.resolution > 0 && halvings < MOST_HALVINGS) {
    const middle = Math.floor((start + end) / 2);
    await read(camera, start, middle, 0, signal, halvings + 1);
    await read(camera, middle, end, 0, signal, halvings + 1);
  }
}

const SEAM = 1000;
/** Milliseconds before the end of footage that are read exactly, to find its newest part. */
const NEAR = 600_000;

/** The newest footage without a gap: {start, end}, or null. */
export function lastStretch(runs) {
  let stretch = null;
  for (const run of runs.filter(one => one.kind === 'footage').reverse()) {
    if (stretch && stretch.start - run.end > SEAM) break;
    stretch = {start: run.start, end: stretch?.end ?? run.end};
  }
  return stretch;
}

/** The newest footage of a camera within an interval, its end known exactly: {start, end}, or null. */
export async function newest(camera, start, end) {
  await want(camera, start, end, coarse());
  const about = lastStretch(within(stateOf(camera).runs, start, end));
  if (!about) return null;
  const near = Math.max(about.start, about.end - NEAR);
  await want(camera, near, about.end, 0);
  return lastStretch(within(stateOf(camera).runs, near, about.end));
}

/** Whether a camera has footage in an interval. */
export async function hasFootage(camera, start, end) {
  await want(camera, start, end, 0);
  return within(stateOf(camera).runs, start, end).some(run => run.kind === 'footage');
}
