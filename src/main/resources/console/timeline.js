// Geometry of a timeline, without a canvas. A view is {start, end}, instants in milliseconds.
import {instantsOf, wallOf} from './time.js';

export const SHORTEST = 1000;

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS = [
  10, 20, 50, 100, 200, 500, SECOND, 2 * SECOND, 5 * SECOND, 10 * SECOND, 15 * SECOND, 30 * SECOND, MINUTE, 2 * MINUTE,
  5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY,
  7 * DAY, 14 * DAY, 28 * DAY, 91 * DAY, 182 * DAY, 364 * DAY, 1820 * DAY
];

export const xOf = (instant, view, width) => (instant - view.start) / (view.end - view.start) * width;

export const instantOf = (x, view, width) => view.start + x / width * (view.end - view.start);

/** Milliseconds: the step of a grid whose points are a few pixels apart in a view. */
export function gridOf(view, width, apart = 4) {
  const least = (view.end - view.start) / width * apart;
  return STEPS.find(one => one >= least) ?? STEPS.at(-1);
}

/** The view within limits, as long as before if it fits. */
export function clamp(view, limits) {
  const span = Math.min(Math.max(view.end - view.start, SHORTEST), limits.end - limits.start);
  const start = Math.min(Math.max(view.start, limits.start), limits.end - span);
  return {start, end: start + span};
}

/** Zooms in (factor below 1) or out; the instant `at` stays at its place. */
export function zoomed(view, factor, at, limits) {
  const span = view.end - view.start;
  const wanted = Math.min(Math.max(span * factor, SHORTEST), limits.end - limits.start);
  const start = at - (at - view.start) * wanted / span;
  return clamp({start, end: start + wanted}, limits);
}

export function panned(view, by, limits) {
  return clamp({start: view.start + by, end: view.end + by}, limits);
}

/** A view that shows an interval with a margin on both sides. */
export function around(start, end, limits, margin = 0.25) {
  const pad = Math.max((end - start) * margin, SHORTEST / 4);
  return clamp({start: start - pad, end: end + pad}, limits);
}

/**
 * Marks on the hours and days of the zone, at least `apart` pixels from each other. In a repeated hour a mark stands
 * twice; in a skipped one there is none.
 */
export function ticks(view, width, zone, apart = 96) {
  const least = (view.end - view.start) / width * apart;
  const step = STEPS.find(one => one >= least) ?? STEPS.at(-1);
  const first = Math.floor(wallOf(view.start, zone) / step) * step - HOUR;
  const last = wallOf(view.end, zone) + HOUR;
  const found = new Map();
  for (let wall = Math.floor(first / step) * step; wall <= last; wall += step) {
    for (const at of instantsOf(wall, zone)) {
      if (at >= view.start && at <= view.end) found.set(at, {at, label: label(wall, step), day: wall % DAY === 0});
    }
  }
  return [...found.values()].sort((a, b) => a.at - b.at);
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function label(wall, step) {
  const date = new Date(wall);
  if (step >= 28 * DAY) return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
  if (wall % DAY === 0) return `${DAYS[date.getUTCDay()]} ${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`;
  const time = date.toISOString();
  if (step >= MINUTE) return time.slice(11, 16);
  if (step >= SECOND || wall % SECOND === 0) return time.slice(11, 19);
  return time.slice(19, 23).replace(/0+$/, '');
}

/**
 * Lays the runs of an answer over earlier runs. A run is {start, end, kind}; both lists are sorted and free of
 * overlaps, and so is the result.
 */
export function overlay(below, above, start, end) {
  const kept = [];
  for (const run of below) {
    if (run.start < start) kept.push({...run, end: Math.min(run.end, start)});
    if (run.end > end) kept.push({...run, start: Math.max(run.start, end)});
  }
  return [...kept, ...above].sort((a, b) => a.start - b.start);
}

/** The runs between two instants, cut at them; what is not covered is of the kind `unknown`. */
export function within(runs, start, end) {
  const parts = [];
  let at = start;
  for (const run of runs) {
    if (run.end <= at || run.start >= end) continue;
    if (run.start > at) parts.push({start: at, end: run.start, kind: 'unknown'});
    parts.push({...run, start: Math.max(run.start, at), end: Math.min(run.end, end)});
    at = Math.min(run.end, end);
  }
  if (at < end) parts.push({start: at, end, kind: 'unknown'});
  return parts;
}
