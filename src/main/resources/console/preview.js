import {cameraName} from './cameras.js';
import {pictureReader} from './pictures.js';
import {format, zoneName} from './time.js';
import {gridOf} from './timeline.js';
import {html, useEffect, useRef, useState} from './view.js';

const WIDTH = 320;
/** Pixels between the preview and what is around it. */
const MARGIN = 8;

/**
 * The picture at an instant of the timeline, above the place that is looked at, or below it where there is no room.
 *
 * look: {x, at, lane}, or null; lanes: [{id, runs}]; view: {start, end}
 */
export function Preview({look, lanes, view, zone}) {
  const [picture, setPicture] = useState(null);
  const reader = useRef(null);
  const frame = useRef(null);
  useEffect(() => {
    reader.current = pictureReader(WIDTH, setPicture);
    return () => reader.current.stop();
  }, []);
  const lane = look && lanes[look.lane];
  const camera = lane?.id;
  const at = lane ? instantFor(look.at, lane.runs, gridOf(view, frame.current?.parentElement.clientWidth || WIDTH)) : NaN;
  const isFootage = Number.isFinite(at);
  useEffect(() => {
    reader.current.look(isFootage ? {camera, at} : null);
  }, [camera, isFootage ? at : null]);

  const place = element => {
    frame.current = element;
    if (!element || !look) return;
    const box = element.parentElement;
    element.classList.toggle('below', box.getBoundingClientRect().top < element.offsetHeight + MARGIN);
    const most = box.clientWidth - element.offsetWidth - MARGIN;
    element.style.left = `${Math.max(Math.min(look.x - element.offsetWidth / 2, most), MARGIN)}px`;
  };
  if (!isFootage) return html`<div hidden ref=${frame}></div>`;
  const time = instant => `${format(instant, zone)} ${zoneName(instant, zone)}`;
  const isOfCamera = picture?.camera === camera;
  const isCurrent = isOfCamera && picture.at === at;
  const isShown = isOfCamera && picture.state === 'shown';
  // an earlier picture stays until the next, with its own instant
  return html`
    <figure class="preview" ref=${place}>
      <div class=${isCurrent ? 'still-frame' : 'still-frame old'}>${isShown
        ? html`<img src=${picture.url} alt=${`${cameraName(camera)} at ${time(picture.frameAt)}`} />`
        : html`<span>${isCurrent ? 'No picture here' : ''}</span>`}</div>
      <figcaption>${time(isShown ? picture.frameAt : look.at)}</figcaption>
    </figure>`;
}

/** A point of a grid, so that places close by share a picture, but never before the footage begins; NaN outside. */
function instantFor(at, runs, step) {
  const run = runs.find(one => one.start <= at && one.end > at);
  return run?.kind === 'footage' ? Math.max(Math.floor(at / step) * step, run.start) : NaN;
}
