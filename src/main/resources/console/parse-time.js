// Reads instants as people type and paste them, among them every form in which the page shows one.
import {format, instantsOf, wallOf, zoneName} from './time.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HALF_YEAR = 182 * 24 * 60 * MINUTE;
const LEAST_OFFSET = -12 * 60;
const MOST_OFFSET = 14 * 60;

const CLOCK = String.raw`(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?`;
const COMPACT = String.raw`(\d{2})(\d{2})(?:(\d{2})(?:[.,]?(\d{1,9}))?)?`;
const DATE = String.raw`(\d{4})-?(\d{2})-?(\d{2})`;
// what follows a time must not be more of it
const END = String.raw`(?![\d:])\s*,?\s*(.*)$`;
const FORMS = [
  new RegExp(`^${DATE}[T ] ?${CLOCK}${END}`, 'i'),
  new RegExp(`^${DATE}[T ]? ?${COMPACT}${END}`, 'i')
];
const TIME_ONLY = new RegExp(`^()()()${CLOCK}${END}`);
const OFFSET = /^(?:UTC|GMT)?([+-])(\d{1,2})(?::?(\d{2}))?$/i;

const EXAMPLE = 'such as 2026-11-28 10:15:00.000, 2026-11-28T09:15:00Z or 1795857300000';

/** Blanks and minus signs of every kind become plain ones; what shows nothing is left out. */
function normal(text) {
  return text.normalize('NFKC').replace(/[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '')
    .replace(/\s+/g, ' ').replace(/[\u2212\u2010\u2011]/g, '-').trim();
}

function wallFrom(year, month, day, hour, minute, second, fraction) {
  const millis = Number((fraction || '').padEnd(3, '0').slice(0, 3));
  const wall = Date.UTC(year, month - 1, day, hour, minute, second || 0, millis);
  const back = new Date(wall);
  const real = back.getUTCFullYear() === Number(year) && back.getUTCMonth() === month - 1
    && back.getUTCDate() === Number(day) && hour < 24 && minute < 60 && (second || 0) < 60;
  return real ? wall : null;
}

/** Minutes ahead of UTC, NaN for an offset that no place on Earth has, null for another text. */
function offsetFrom(token) {
  if (/^(Z|UTC|GMT)$/i.test(token)) return 0;
  const [, sign, hours, minutes = '00'] = OFFSET.exec(token) ?? [];
  if (!sign) return null;
  const size = Number(hours) * 60 + Number(minutes);
  const offset = sign === '-' ? -size : size;
  return minutes < 60 && offset >= LEAST_OFFSET && offset <= MOST_OFFSET ? offset : NaN;
}

/** Names of the zone at an instant: those that the page shows, and those of American English. */
function namesAt(instant, zone) {
  const american = new Intl.DateTimeFormat('en-US', {timeZone: zone, timeZoneName: 'short'}).formatToParts(instant)
    .find(part => part.type === 'timeZoneName').value;
  return [zoneName(instant, zone), american].map(name => name.toUpperCase());
}

const namesOf = (wall, zone) => [wall - HALF_YEAR, wall, wall + HALF_YEAR].flatMap(near => namesAt(near, zone));

/** The instants of a wall time that agree with what is written behind it, or {error}. */
function instantsWith(wall, zone, suffix) {
  let offset = null;
  let name = null;
  for (const token of suffix.split(/[ ,;()]+/).filter(Boolean)) {
    const minutes = offsetFrom(token);
    if (Number.isNaN(minutes)) return {error: `an offset is from -12:00 to +14:00, and ${token} is not`};
    if (minutes !== null) {
      if (offset !== null && offset !== minutes) return {error: `it has two offsets; one is allowed, ${EXAMPLE}`};
      offset = minutes;
    } else if (namesOf(wall, zone).includes(token.toUpperCase())) {
      name = token.toUpperCase();
    } else if (token.toLowerCase() !== zone.toLowerCase()) {
      return {error: `a zone is ${zone}, its short name or an offset such as +01:00, and ${token} is not`};
    }
  }
  if (offset !== null) {
    const instant = wall - offset * MINUTE;
    const fits = name === null || namesAt(instant, zone).includes(name) && wallOf(instant, zone) === wall;
    return fits ? {instants: [instant]} : {error: `${name} and the offset do not agree in ${zone}`};
  }
  const all = instantsOf(wall, zone);
  if (!all.length) return {error: `this time does not exist in ${zone}: the clocks go forward over it`};
  const instants = all.filter(instant => name === null || namesAt(instant, zone).includes(name));
  if (instants.length) return {instants};
  return {error: `${zone} has ${zoneName(all[0], zone)} at that time, not ${name}`};
}

/**
 * Reads an instant: ISO 8601 with or without an offset, the compact form of file names, a time of the day of `base`,
 * or seconds or milliseconds since 1970. An offset, UTC, GMT, or the zone's name or short name may follow; otherwise it
 * is a wall time of the zone.
 *
 * Returns {instants: [...]}, with two for a wall time of a repeated hour, or {error}: what is allowed, as a part of a
 * sentence.
 */
export function parse(text, zone, base = Date.now()) {
  // of a whole line of the page, the part with a date
  const lines = normal(text).split('·').map(part => part.trim());
  const written = lines.find(part => /\d{4}-\d{2}/.test(part)) ?? normal(text);
  if (/^\d{10}$/.test(written)) return {instants: [Number(written) * SECOND]};
  if (/^\d{13}$/.test(written)) return {instants: [Number(written)]};
  const parts = [...FORMS, TIME_ONLY].map(form => form.exec(written)).find(Boolean)?.slice(1);
  if (!parts) return {error: `it is a time, ${EXAMPLE}`};
  if (!parts[0]) parts.splice(0, 3, ...format(base, zone).slice(0, 10).split('-'));
  const wall = wallFrom(...parts.slice(0, 7));
  return wall === null ? {error: 'there is no such date or time'} : instantsWith(wall, zone, parts[7]);
}
