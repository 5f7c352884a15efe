// Instants are milliseconds since 1970, UTC. A wall time is what a clock of a zone shows, as if it were UTC.

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const OFFSET_STEP = 15 * MINUTE;
const MOST_OFFSETS = 5000;

const formats = new Map();
const offsets = new Map();

export function isZone(zone) {
  try {
    return Boolean(zone) && Boolean(new Intl.DateTimeFormat('en-GB', {timeZone: zone}));
  } catch {
    return false;
  }
}

export function browserZone() {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
}

function formatOf(zone) {
  if (!formats.has(zone)) {
    formats.set(zone, new Intl.DateTimeFormat('en-GB', {
      timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric',
      minute: 'numeric', second: 'numeric', timeZoneName: 'short'
    }));
  }
  return formats.get(zone);
}

function partsOf(instant, zone) {
  return Object.fromEntries(formatOf(zone).formatToParts(instant).map(part => [part.type, part.value]));
}

/** Milliseconds that the zone's clock is ahead of UTC at an instant. */
export function offsetAt(instant, zone) {
  const key = zone + Math.floor(instant / OFFSET_STEP);
  if (!offsets.has(key)) {
    const whole = Math.floor(instant / OFFSET_STEP) * OFFSET_STEP;
    const p = partsOf(whole, zone);
    if (offsets.size > MOST_OFFSETS) offsets.clear();
    offsets.set(key, Date.UTC(p.year, p.month - 1, p.day, p.hour, p.minute, p.second) - whole);
  }
  return offsets.get(key);
}

export function wallOf(instant, zone) {
  return instant + offsetAt(instant, zone);
}

/** The instants at which the zone's clock shows a wall time: none in a skipped hour, two in a repeated one. */
export function instantsOf(wall, zone) {
  const found = new Set();
  for (const near of [wall - DAY, wall + DAY]) {
    const instant = wall - offsetAt(near, zone);
    if (wallOf(instant, zone) === wall) found.add(instant);
  }
  return [...found].sort((a, b) => a - b);
}

const pad = (number, digits) => String(number).padStart(digits, '0');

/** "2026-11-28 10:15:00.000"; with fewer digits the fraction is cut. */
export function format(instant, zone, digits = 3) {
  const text = new Date(wallOf(Math.floor(instant), zone)).toISOString().replace('T', ' ').slice(0, 23);
  return digits === 3 ? text : text.slice(0, 19);
}

/** "CET", "GMT+9": the zone's name at an instant. */
export function zoneName(instant, zone) {
  return zone === 'UTC' ? 'UTC' : partsOf(instant, zone).timeZoneName;
}

/** "UTC+01:00" */
export function offsetName(instant, zone) {
  const minutes = offsetAt(instant, zone) / MINUTE;
  const size = Math.abs(minutes);
  return `UTC${minutes < 0 ? '-' : '+'}${pad(Math.floor(size / 60), 2)}:${pad(size % 60, 2)}`;
}

/** "20261128T101500.000Z", fit for a file name. */
export function compact(instant) {
  return new Date(instant).toISOString().replace(/[-:]/g, '');
}

const WITH_DATE =
  /^(\d{4})-?(\d{2})-?(\d{2})(?:[T ]+|(?=\d{6}))(\d{1,2}):?(\d{2})(?::?(\d{2})(?:[.,]?(\d{1,9}))?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$/i;
const TIME_ONLY = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?$/;
const EXAMPLE = 'such as 2026-11-28 10:15:00.000, 2026-11-28T09:15:00Z or 1795857300000';

function wallFrom(year, month, day, hour, minute, second, fraction) {
  const millis = Number((fraction || '').padEnd(3, '0').slice(0, 3));
  const wall = Date.UTC(year, month - 1, day, hour, minute, second || 0, millis);
  const back = new Date(wall);
  const real = back.getUTCFullYear() === Number(year) && back.getUTCMonth() === month - 1
    && back.getUTCDate() === Number(day) && hour < 24 && minute < 60 && (second || 0) < 60;
  return real ? wall : null;
}

function offsetFrom(text) {
  if (/^(Z|UTC)$/i.test(text)) return 0;
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(-2));
  return (text[0] === '-' ? -minutes : minutes) * MINUTE;
}

/**
 * Reads an instant: ISO 8601 with or without an offset, the compact form of file names, a time of the day of `base`,
 * or seconds or milliseconds since 1970. Without an offset it is a wall time of the zone.
 *
 * Returns {instants: [...]}, with two for a wall time of a repeated hour, or {error}.
 */
export function parse(text, zone, base = Date.now()) {
  const trimmed = text.trim();
  if (!trimmed) return {error: `a time, ${EXAMPLE}`};
  if (/^\d{10}$/.test(trimmed)) return {instants: [Number(trimmed) * SECOND]};
  if (/^\d{13}$/.test(trimmed)) return {instants: [Number(trimmed)]};
  let parts = WITH_DATE.exec(trimmed)?.slice(1);
  if (!parts) {
    const time = TIME_ONLY.exec(trimmed)?.slice(1);
    if (!time) return {error: `It must be a time, ${EXAMPLE}`};
    const [year, month, day] = format(base, zone).slice(0, 10).split('-');
    parts = [year, month, day, ...time];
  }
  const wall = wallFrom(...parts.slice(0, 7));
  if (wall === null) return {error: 'There is no such date or time.'};
  if (parts[7]) return {instants: [wall - offsetFrom(parts[7])]};
  const instants = instantsOf(wall, zone);
  if (instants.length === 0) {
    return {error: `This time does not exist in ${zone}: the clocks go forward over it.`};
  }
  return {instants};
}

/** "0:20.000", "1:05:00.000": hours only if there are any. */
export function length(millis) {
  const whole = Math.round(Math.abs(millis));
  const hours = Math.floor(whole / HOUR);
  const minutes = Math.floor(whole % HOUR / MINUTE);
  const seconds = `${pad(Math.floor(whole % MINUTE / SECOND), 2)}.${pad(whole % SECOND, 3)}`;
  return hours ? `${hours}:${pad(minutes, 2)}:${seconds}` : `${minutes}:${seconds}`;
}

/** "4 s", "3 min", "5 h", "2 days": the largest unit, rounded down. */
export function rough(millis) {
  const size = Math.abs(millis);
  if (size < MINUTE) return `${Math.floor(size / SECOND)} s`;
  if (size < HOUR) return `${Math.floor(size / MINUTE)} min`;
  if (size < 2 * DAY) return `${Math.floor(size / HOUR)} h`;
  return `${Math.floor(size / DAY)} days`;
}
