import {browserZone, isZone} from './time.js';

const DAY = 86_400_000;
const PATIENCE = 10_000;

/** What the service says about itself; `start` fills it before anything is drawn. */
export const settings = {
  auth: 'on', zone: null, hawtio: null, grafana: null, version: null,
  /** Milliseconds that footage is kept, and the longest clip. */
  kept: 3 * DAY, longest: 7_200_000,
  /** Largest film that can be uploaded; null if the service makes no streams. */
  maxUploadBytes: null
};

export async function loadSettings() {
  const response = await fetch(new URL('./config.json', import.meta.url), {
    credentials: 'omit', cache: 'no-store', signal: AbortSignal.timeout(PATIENCE)
  });
  if (!response.ok) throw new Error(`The service answered with status ${response.status}.`);
  const got = await response.json();
  Object.assign(settings, got);
  if (got.retentionSeconds) settings.kept = got.retentionSeconds * 1000;
  if (got.maxClipSeconds) settings.longest = got.maxClipSeconds * 1000;
  return settings;
}

/** The zone in which times are shown: the camera's, else the service's, else the browser's. */
export function shownZone(camera) {
  return [camera?.zone, settings.zone, browserZone()].find(isZone) ?? 'UTC';
}
