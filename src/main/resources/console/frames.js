// The frames of a clip by GET /jobs/{id}/frames: when each is shown, and when it was recorded.

/** {times: seconds of the clip, instants: milliseconds since 1970 with a fraction} */
export function framesOf(answer) {
  return {
    times: answer.times.map(time => time / answer.timescale),
    instants: answer.instants.map(instant => instant / 1000)
  };
}

/** Index of the last value that is at most `wanted`; 0 if all are above. */
function lastAtMost(values, wanted) {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (values[middle] <= wanted) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Seconds; browsers round a frame's time to microseconds. */
const ROUNDING = 5e-5;

export const frameAt = (frames, seconds) => lastAtMost(frames.times, seconds + ROUNDING);

/** The frame of an instant, which may have been cut to a millisecond. */
export const frameOf = (frames, instant) => lastAtMost(frames.instants, instant + 0.999);

/** The middle between a frame's time and the next one's: a seek there shows this frame, however it is rounded. */
export function middleOf(frames, index, duration) {
  const {times} = frames;
  const start = times[index];
  const last = times.length > 1 ? times[index] - times[Math.max(index - 1, 0)] : 0;
  const end = times[index + 1] ?? (duration > start ? duration : start + last);
  return (start + end) / 2;
}

/** Seconds; a frame that lasts longer fills a gap, in which times are places of their own. */
const LONG = 0.5;

/** Where to seek for a time: the middle of its frame, or the time itself within a gap. */
export function placeOf(frames, seconds, duration) {
  const index = frameAt(frames, seconds);
  const middle = middleOf(frames, index, duration);
  return (middle - frames.times[index]) * 2 > LONG ? Math.max(seconds, frames.times[index] + ROUNDING) : middle;
}

/** When the frame ends: the next one's instant. */
export function endOf(frames, index) {
  const {instants} = frames;
  if (index + 1 < instants.length) return instants[index + 1];
  return instants[index] + (index > 0 ? instants[index] - instants[index - 1] : 0);
}
