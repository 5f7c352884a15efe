import {frameOf} from './frames.js';
import {format, length, zoneName} from './time.js';
import {html, useRef} from './view.js';
import {gapWord} from './words.js';

/** The clip as a bar: a slider for the playhead, the gaps, and the marked part. */
export function Scrubber({duration, seconds, frames, zone, start, instant, gaps, marks, onSeek, onStep}) {
  const bar = useRef(null);
  const share = at => `${Math.min(Math.max(duration ? at / duration : 0, 0), 1) * 100}%`;
  // a gap within the clip keeps its length; one at an end is left out
  const secondsOf = at => (frames ? frames.times[frameOf(frames, at)] : (at - start) / 1000);
  const seek = event => {
    const {left, width} = bar.current.getBoundingClientRect();
    onSeek(Math.min(Math.max((event.clientX - left) / width, 0), 1) * duration);
  };
  const down = event => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    seek(event);
  };
  const key = event => {
    const action = {
      ArrowLeft: () => onSeek(seconds - 1), ArrowRight: () => onSeek(seconds + 1), ArrowDown: () => onStep(-1),
      ArrowUp: () => onStep(1), PageDown: () => onSeek(seconds - 10), PageUp: () => onSeek(seconds + 10),
      Home: () => onSeek(0), End: () => onSeek(duration)
    }[event.key];
    if (!action || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    action();
  };
  const shown = gaps.map(gap => ({...gap, from: secondsOf(gap.startTimestampInMs), to: secondsOf(gap.endTimestampInMs)}));
  return html`
    <div class="scrubber" ref=${bar} role="slider" tabindex="0" aria-label="Playhead" aria-valuemin="0"
        aria-valuemax=${Math.round(duration * 1000)} aria-valuenow=${Math.round(seconds * 1000)}
        aria-valuetext=${`${format(instant, zone)} ${zoneName(instant, zone)}`} onPointerDown=${down}
        onPointerMove=${event => event.buttons === 1 && seek(event)} onKeyDown=${key}>
      <div class="track">
        <div class="done" style=${{width: share(seconds)}}></div>
        ${shown.filter(gap => gap.to > gap.from).map((gap, i) => html`<div class="hole" key=${i}
          title=${`Gap of ${length(gap.endTimestampInMs - gap.startTimestampInMs)}: ${gapWord(gap.reason)}`}
          style=${{left: share(gap.from), width: share(gap.to - gap.from)}}></div>`)}
        ${marks.end > marks.start && html`<div class="part" style=${{left: share(secondsOf(marks.start)),
          width: share(secondsOf(marks.end) - secondsOf(marks.start))}}></div>`}
      </div>
      <div class="head" style=${{left: share(seconds)}}></div>
    </div>`;
}
