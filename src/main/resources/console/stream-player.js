import {address, adjust} from './address.js';
import {html, useEffect, useRef, useState} from './view.js';

/** Seconds of playing after which the address has a new place. */
const STEP = 5;

/** The place that the address names; a film that was seen to its end begins anew. */
function placeIn(state, duration) {
  const at = Number(state.t);
  return at > 0 && at < duration - 0.5 ? at : 0;
}

/** Plays the stream of a job, with the controls of the browser. */
export function StreamPlayer({job}) {
  const video = useRef(null);
  const [trouble, setTrouble] = useState(null);
  const [attempt, setAttempt] = useState(0);
  const kept = useRef(placeIn(address.get(), job.result.durationMs / 1000));
  useEffect(() => {
    let playing = null;
    let isOver = false;
    setTrouble(null);
    // it is read with the first stream, as hls.js is
    import('./stream.js').then(({playStream}) => {
      if (!isOver) playing = playStream(job.jobId, video.current, kept.current, setTrouble);
    }, () => setTrouble('The player cannot be loaded.'));
    return () => {
      isOver = true;
      playing?.stop();
    };
  }, [job.jobId, job.run, attempt]);
  const keep = () => {
    // an element that has lost its stream is at its beginning
    if (!video.current.readyState) return;
    kept.current = Math.round(video.current.currentTime * 10) / 10;
    adjust({t: kept.current || undefined});
  };
  const tick = () => { if (Math.abs(video.current.currentTime - kept.current) >= STEP) keep(); };
  return html`
    <div class="stage">
      <video ref=${video} controls playsinline preload="auto" aria-label="The stream"
        onPause=${keep} onSeeking=${keep} onTimeUpdate=${tick}></video>
      ${trouble && html`<p class="trouble" role="alert">${trouble} <button class="link"
        onClick=${() => setAttempt(attempt + 1)}>Try again</button></p>`}
    </div>`;
}
