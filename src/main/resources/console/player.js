import {address, adjust, go, instantIn, isoOf} from './address.js';
import {getFrames} from './api.js';
import {endOf, frameAt, frameOf, framesOf} from './frames.js';
import {Icon} from './icons.js';
import {useKeys} from './keys.js';
import {screening} from './screening.js';
import {Scrubber} from './scrubber.js';
import {compact, format, offsetName, zoneName} from './time.js';
import {html, useEffect, useRef, useState} from './view.js';
import {wrapped} from './when.js';

const RATES = [0.25, 0.5, 1, 2, 4, 8, 16];
const LOUDEST_RATE = 4;

/**
 * Plays a clip and steps through it by frames.
 *
 * job: its interval and result; zone: of the shown times; onExpired: called once if the link has ended
 */
export function Player({job, zone, onExpired, onHelp}) {
  const video = useRef(null);
  const still = useRef(null);
  const screen = useRef(null);
  const link = useRef(job.result.clip);
  const [frames, setFrames] = useState(null);
  const [trouble, setTrouble] = useState(null);
  const [untimed, setUntimed] = useState(null);
  const [unkept, setUnkept] = useState(null);
  const [hasPicture, setPicture] = useState(false);
  const [isLost, setLost] = useState(false);
  const [index, setIndex] = useState(0);
  const [seconds, setSeconds] = useState(0);
  const [duration, setDuration] = useState((job.result.durationInMs ?? 0) / 1000);
  const [playing, setPlaying] = useState(false);
  const [rate, setRate] = useState(1);
  const marks = {start: instantIn(address.get(), 'from'), end: instantIn(address.get(), 'to')};
  const [, redraw] = useState(0);
  const {cameraId, startTimestampInMs: start} = job.request;
  const known = useRef(null);
  const target = useRef(null);
  const begun = useRef(false);

  useEffect(() => {
    const abort = new AbortController();
    let timer;
    const read = async () => {
      try {
        known.current = framesOf(await getFrames(job.jobId, abort.signal));
        screen.current.use(known.current);
        setFrames(known.current);
        setUntimed(null);
      } catch (error) {
        if (error.name === 'AbortError') return;
        setUntimed(`The times of the frames cannot be read: ${error.message}`);
        if (error.retryAfter) timer = setTimeout(read, error.retryAfter * 1000);
      }
    };
    read();
    screen.current = screening(video.current, still.current, shown => {
      if (shown === null) return;
      setSeconds(shown);
      if (!known.current) return;
      const now = frameAt(known.current, shown);
      // steps in quick succession count from where they lead, not from what is shown meanwhile
      if (now === target.current) target.current = null;
      setIndex(now);
      // until then the address names the place to begin at
      if (begun.current) adjust({t: isoOf(Math.floor(known.current.instants[now]))});
    });
    return () => {
      abort.abort();
      clearTimeout(timer);
      screen.current.stop();
    };
  }, [job.jobId, job.run]);

  // the place that the address names, once both the frames and the picture are there
  const begin = () => {
    if (begun.current || !known.current || video.current.readyState < 2) return;
    begun.current = true;
    const at = instantIn(address.get(), 't');
    screen.current.toFrame(Number.isFinite(at) ? frameOf(known.current, at) : 0);
  };
  useEffect(begin, [frames]);
  const loaded = () => {
    setPicture(video.current.videoWidth > 0);
    setUnkept(null);
    begin();
  };

  // each look at the job brings a new link; it is used only where the one in use has failed
  useEffect(() => {
    const next = job.result.clip;
    if (!isLost || next.url === link.current.url) return;
    const at = video.current.currentTime;
    link.current = next;
    video.current.src = next.url;
    video.current.addEventListener('loadeddata', () => screen.current.toTime(at), {once: true});
    setTrouble(null);
    setLost(false);
  }, [job.result.clip.url, isLost]);

  const failed = () => {
    const ended = Date.parse(link.current.expiresAt) <= Date.now();
    setTrouble(ended ? 'The link to the clip has ended.'
      : 'The clip cannot be loaded: the bucket does not allow this page, or cannot be reached.');
    setLost(true);
    if (ended) onExpired();
  };
  const toggle = () => {
    target.current = null;
    if (!video.current.paused) video.current.pause();
    else video.current.play().catch(error => setTrouble(`The clip cannot be played: ${error.message}`));
  };
  const step = by => {
    if (!frames) return;
    target.current = Math.min(Math.max((target.current ?? index) + by, 0), frames.times.length - 1);
    screen.current.toFrame(target.current);
  };
  const seek = to => {
    target.current = null;
    screen.current.toTime(to);
  };
  const jump = by => seek(video.current.currentTime + by);
  const speed = next => {
    video.current.playbackRate = next;
    video.current.muted = next > LOUDEST_RATE;
    setRate(next);
  };
  const faster = by => speed(RATES[Math.min(Math.max(RATES.indexOf(rate) + by, 0), RATES.length - 1)]);
  const instant = frames ? frames.instants[index] : start + seconds * 1000;
  const mark = changes => {
    adjust(changes);
    redraw(count => count + 1);
  };
  const markIn = () => mark({from: isoOf(Math.floor(instant))});
  const markOut = () => mark({to: isoOf(Math.floor(frames ? endOf(frames, index) : instant))});
  const grab = async () => {
    try {
      if (!hasPicture) throw new Error('there is no picture');
      if (video.current.paused) screen.current.draw();
      const blob = await pngOf(video.current.paused ? still.current : video.current, video.current);
      keep(blob, `${cameraId}_${compact(Math.floor(instant))}.png`);
      setUnkept(null);
    } catch (error) {
      setUnkept(`The frame cannot be saved: ${error.message}.`);
    }
  };
  useKeys({
    Space: toggle, k: toggle, i: markIn, o: markOut, ',': () => step(-1), '.': () => step(1), g: grab,
    ArrowLeft: () => jump(-1), ArrowRight: () => jump(1), 'Shift+ArrowLeft': () => jump(-10),
    'Shift+ArrowRight': () => jump(10), '[': () => faster(-1), ']': () => faster(1), Home: () => seek(0),
    End: () => seek(duration)
  });
  const part = marks.end > marks.start;
  const said = trouble ?? unkept ?? untimed;
  return html`
    <div class="player">
      <div class="stage">
        <video ref=${video} src=${link.current.url} crossorigin="anonymous" playsinline preload="auto"
          aria-label="The clip" onError=${failed} onLoadedData=${loaded} onClick=${toggle}
          onDurationChange=${() => Number.isFinite(video.current.duration) && setDuration(video.current.duration)}
          onPlay=${() => setPlaying(true)} onPause=${() => setPlaying(false)}></video>
        <canvas class="still" ref=${still} hidden aria-hidden="true"></canvas>
        ${said && html`<p class="trouble" role="alert">${said}</p>`}
      </div>
      <${Scrubber} ...${{duration, seconds, frames, zone, start, instant}} gaps=${job.result.gaps ?? []} marks=${marks}
        onSeek=${seek} onStep=${step} />
      <div class="controls">
        <div class="buttons">
          <button class="button square" aria-label="One frame back" disabled=${!frames} onClick=${() => step(-1)}><${Icon}
            name="back" /></button>
          <button class="button square primary" aria-label=${playing ? 'Pause' : 'Play'} onClick=${toggle}><${Icon}
            name=${playing ? 'pause' : 'play'} /></button>
          <button class="button square" aria-label="One frame forward" disabled=${!frames} onClick=${() => step(1)}><${Icon}
            name="forward" /></button>
        </div>
        <output class="now" aria-live="off" title=${`${zone}, ${offsetName(instant, zone)}`}>
          <b>${wrapped(format(instant, zone))}</b> <span class="zone">${zoneName(instant, zone)}</span>
          <small>${frames ? `frame ${(index + 1).toLocaleString('en')} of ${frames.times.length.toLocaleString('en')}`
            : ' '}</small>
        </output>
        <div class="buttons">
          <label class="rate"><span class="hidden">Speed</span><select value=${rate}
            onChange=${event => speed(Number(event.target.value))}>${RATES.map(one =>
              html`<option key=${one} value=${one}>${one} ×</option>`)}</select></label>
          <button class="button square" aria-label="Keep this frame as a file" title="Keep this frame as a file (G)"
            disabled=${!hasPicture} onClick=${grab}><${Icon} name="camera" /></button>
          <button class="button square roomy" aria-label="Keys" title="Keys (?)" onClick=${onHelp}><${Icon} name="keys" /></button>
        </div>
      </div>
      <div class="marks">
        <button class="button" onClick=${markIn}>Set in</button>
        <button class="button" onClick=${markOut}>Set out</button>
        <button class="button" disabled=${!part} onClick=${() => go({
          camera: cameraId, from: isoOf(marks.start), to: isoOf(marks.end)})}>Ask for this part</button>
      </div>
    </div>`;
}

/** A frame as PNG; rejects if the browser makes none. */
function pngOf(source, {videoWidth, videoHeight}) {
  const canvas = document.createElement('canvas');
  canvas.width = videoWidth;
  canvas.height = videoHeight;
  canvas.getContext('2d').drawImage(source, 0, 0);
  return new Promise((resolve, reject) => {
    canvas.toBlob(blob => (blob ? resolve(blob) : reject(new Error('the browser makes no picture of it'))), 'image/png');
  });
}

/** Offers a file for download. */
function keep(blob, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
