// One video element that shows exactly one frame at a time: it seeks to the middle between two frames and believes only
// what the browser reports as presented.
import {middleOf, placeOf} from './frames.js';

const NO_CALLBACK = 400;

/**
 * video, still: the elements; the still holds the shown frame while the video rests.
 *
 * onShown(seconds) is called for each frame that is presented.
 */
export function screening(video, still, onShown) {
  let frames = null;
  let wanted = null;
  let seeking = false;
  let request = 0;
  let guard = 0;

  const draw = () => {
    if (!video.videoWidth) return;
    if (still.width !== video.videoWidth || still.height !== video.videoHeight) {
      still.width = video.videoWidth;
      still.height = video.videoHeight;
    }
    still.getContext('2d').drawImage(video, 0, 0);
    still.hidden = false;
  };

  const presented = seconds => {
    if (video.paused) draw();
    else still.hidden = true;
    onShown(seconds);
  };

  const watch = () => {
    if (!video.requestVideoFrameCallback) return;
    video.cancelVideoFrameCallback(request);
    request = video.requestVideoFrameCallback((now, {mediaTime}) => {
      clearTimeout(guard);
      presented(mediaTime);
      if (seeking) settle();
      watch();
    });
  };

  const settle = () => {
    seeking = false;
    if (wanted !== null) seek();
  };

  const seek = () => {
    const seconds = wanted;
    wanted = null;
    seeking = true;
    video.currentTime = seconds;
  };

  // a seek within the frame that is shown presents nothing new
  const sought = () => {
    clearTimeout(guard);
    guard = setTimeout(() => {
      if (!seeking) return;
      presented(video.currentTime);
      settle();
    }, video.requestVideoFrameCallback ? NO_CALLBACK : 0);
  };
  const paused = () => {
    draw();
    if (seeking) return;
    // the last frame of a fast playback may be shown without a callback
    onShown(video.ended ? video.duration : null);
  };
  const failed = () => { seeking = false; };
  const timed = () => { if (!video.requestVideoFrameCallback && !video.paused) presented(video.currentTime); };
  const events = {seeked: sought, pause: paused, error: failed, timeupdate: timed, loadeddata: watch};
  for (const [name, listener] of Object.entries(events)) video.addEventListener(name, listener);
  watch();

  return {
    use(next) { frames = next; },
    /** Shows the frame of a time; seeks that come meanwhile replace each other. */
    toTime(seconds) {
      const within = Math.min(Math.max(seconds, 0), video.duration || 0);
      wanted = frames ? placeOf(frames, within, video.duration) : within;
      if (!seeking) seek();
    },
    toFrame(index) {
      video.pause();
      wanted = middleOf(frames, Math.min(Math.max(index, 0), frames.times.length - 1), video.duration);
      if (!seeking) seek();
    },
    draw,
    stop() {
      clearTimeout(guard);
      if (video.cancelVideoFrameCallback) video.cancelVideoFrameCallback(request);
      for (const [name, listener] of Object.entries(events)) video.removeEventListener(name, listener);
    }
  };
}
