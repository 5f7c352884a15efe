// What the page says for the service's codes.

const STATES = {
  QUEUED: 'Queued',
  RUNNING: 'Running',
  WAITING: 'Waiting',
  ANNOUNCING: 'Publishing',
  DONE: 'Ready',
  FAILED: 'Failed',
  CANCELLED: 'Cancelled'
};

const GAPS = {
  NOT_RECORDED: 'not recorded',
  MISSING_FRAMES: 'frames missing in the recording',
  NOT_YET_RECORDED: 'not yet recorded',
  EXPIRED: 'no longer kept'
};

const OUTCOMES = {
  CLIP_AVAILABLE: 'Clip available',
  CLIP_NOT_AVAILABLE: 'No footage',
  CLIP_OUT_OF_RANGE: 'No longer kept',
  CLIP_TOO_LONG: 'Too long',
  CLIP_RETRY_TIMEOUT: 'Footage did not come in time',
  FATAL_ERROR: 'Not possible',
  SNAPSHOT_AVAILABLE: 'Picture stored',
  SNAPSHOT_NOT_AVAILABLE: 'No picture',
  SNAPSHOT_FAILED: 'No picture could be taken',
  STREAM_AVAILABLE: 'Stream available',
  NOT_A_FILM: 'Not a film',
  INPUT_FILE_MISSING: 'The film is missing',
  STREAM_FAILED: 'No stream could be made',
  CANCELLED: 'Cancelled'
};

const FALLBACKS = {
  NO_KEYFRAME: 'A part of the clip has no keyframe at which a copy can start.',
  OPEN_GOP: 'The recording has no keyframe at which a copy can start.',
  CODEC: 'The recording has a codec that cannot be copied.',
  DAMAGED: 'A recording is damaged.',
  INTERLACED: 'The recording is interlaced.',
  PIXELS: 'The recording has a pixel format that cannot be copied.',
  DIFFERENT_RECORDINGS: 'The recordings differ, such as in size.',
  SOUND: 'The sound cannot be copied.',
  VERIFICATION: 'The copied clip did not pass its verification.'
};

const plain = code => String(code ?? '').toLowerCase().replaceAll('_', ' ');

export const stateWord = status => STATES[status] ?? plain(status);
export const gapWord = reason => GAPS[reason] ?? (reason ? plain(reason) : 'not recorded');
export const fallbackText = reason => FALLBACKS[reason] ?? plain(reason);
export const outcomeWord = outcome => OUTCOMES[outcome] ?? plain(outcome);

export const OPEN = ['QUEUED', 'RUNNING', 'WAITING', 'ANNOUNCING'];
export const isOpen = job => OPEN.includes(job.status);

const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'];

/** "1.4 MB", decimal units. */
export function bytes(count) {
  let unit = 0;
  let value = count;
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${UNITS[unit]}`;
}

export const count = (number, one, many = `${one}s`) => `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
