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
