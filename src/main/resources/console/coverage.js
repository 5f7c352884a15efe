// What is known of the footage of each camera: runs {start, end, kind, reason}, read in windows as they are shown.
import {getCoverage} from './api.js';
import {settings} from './settings.js';
import {store} from './store.js';
import {overlay} from './timeline.js';

const MOST_RUNS = 6000;
const STALE = 20_000;

const KINDS = {NOT_YET_RECORDED: 'future', EXPIRED: 'expired'};

/** Changes whenever more is known: {[cameraId]: {runs, error, windows, loading}} */
export const coverage = store({});

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

const empty = () => ({runs: [], windows: [], error: null, loading: 0});

function change(camera, changes) {
  const all = coverage.get();
  coverage.set({...all, [camera]: {...(all[camera] ?? empty()), ...changes}});
}

/** Whether a window is known as finely as asked; one that reaches now is known for a while only. */
function isKnown(state, start, end, resolution) {
  return state.windows.some(one => one.start <= start && one.end >= end && one.resolution <= resolution
    && (one.end < one.at || Date.now() - one.at < STALE));
}

/** Whether a newer, coarser window lies over a part of an earlier one. */
const isHidden = (one, newer) =>
  one.start < newer.end && one.end > newer.start && one.resolution < newer.resolution;

/** Reads a window unless it is known. `resolution` is in seconds. */
export async function want(camera, start, end, resolution, signal) {
  const from = Math.max(Math.floor(start), Date.now() - settings.kept);
  const to = Math.min(Math.ceil(end), from + settings.kept);
  if (to <= from) return;
  const known = coverage.get()[camera] ?? empty();
  if (isKnown(known, from, to, resolution)) return;
  change(camera, {loading: known.loading + 1});
  const done = changes => change(camera, {loading: Math.max(0, coverage.get()[camera].loading - 1), ...changes});
  try {
    const answer = await getCoverage(camera, {
      start: new Date(from).toISOString(), end: new Date(to).toISOString(), resolution
    }, signal);
    const state = coverage.get()[camera];
    const at = Date.now();
    const got = {start: from, end: to, resolution: answer.resolution ?? resolution, at};
    const windows = [...state.windows.filter(one => !isHidden(one, got)).slice(-30), got];
    const runs = overlay(state.runs, runsOf(answer), from, to);
    done(runs.length > MOST_RUNS
      ? {runs: runsOf(answer), windows: windows.slice(-1), error: null}
      : {runs, windows, error: null});
  } catch (error) {
    done(error.name === 'AbortError' ? {} : {error});
  }
}
