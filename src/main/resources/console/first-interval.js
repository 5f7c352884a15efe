// The interval that the page chooses by itself: the newest footage.
import {hasFootage, newest} from './coverage.js';

const HOUR = 3_600_000;
const LENGTH = 30_000;

/**
 * An interval of some cameras in which all have footage, else the newest footage of any.
 *
 * limits: {start, end} of the timeline; view: what the address shows, or null: footage in it comes first; current: the
 * interval chosen before, or null: it stays if all cameras have footage there.
 *
 * Returns {start, end, shown: {start, end}}, instants in milliseconds, or null without footage.
 */
export async function firstInterval(ids, {limits, view, current}) {
  if (current) {
    const has = await Promise.all(ids.map(id => hasFootage(id, current.start, current.end)));
    if (has.every(Boolean)) return {...current, shown: current};
  }
  const seen = view ? await newestOf(ids, view) : null;
  const stretch = seen ?? await newestOf(ids, limits);
  if (!stretch) return null;
  const end = Math.floor(stretch.end / 1000) * 1000;
  const start = Math.max(stretch.start, end - LENGTH);
  if (!(end > start)) return {...stretch, shown: stretch};
  return {start, end, shown: {start: Math.max(stretch.start, stretch.end - HOUR), end: stretch.end}};
}

async function newestOf(ids, {start, end}) {
  const found = (await Promise.all(ids.map(id => newest(id, start, end)))).filter(Boolean);
  if (!found.length) return null;
  const last = Math.min(...found.map(one => one.end));
  const shared = {start: Math.max(...found.map(one => one.start)), end: last};
  if (found.length === ids.length && shared.end > shared.start) return shared;
  return found.reduce((newer, one) => (one.end > newer.end ? one : newer));
}
