import {getPicture} from './api.js';
import {useNow} from './clock.js';
import {rough} from './time.js';
import {html, useEffect, useState} from './view.js';
import {When} from './when.js';

const PERIOD = 15_000;
const WIDTH = 640;

/** The newest picture of a camera, once that is known. It is read again while the page is visible. */
export function NewestPicture({camera, zone, isKnown, isUnknown}) {
  const [picture, setPicture] = useState({state: 'loading'});
  const now = useNow(10_000);
  useEffect(() => {
    if (!isKnown) return undefined;
    const abort = new AbortController();
    let timer = 0;
    let next = 0;
    let url = null;
    const read = async () => {
      timer = 0;
      if (document.hidden || abort.signal.aborted) return;
      let wait = PERIOD;
      next = Infinity;
      try {
        const {blob, frameAt} = await getPicture(camera, {width: WIDTH}, abort.signal);
        if (url) URL.revokeObjectURL(url);
        url = URL.createObjectURL(blob);
        setPicture({url, frameAt});
      } catch (error) {
        if (error.name === 'AbortError') return;
        wait = Math.max(PERIOD, 1000 * (error.retryAfter || 0));
        // one that was read stays, with its instant
        if (!url) setPicture({state: 'none'});
      }
      next = Date.now() + wait;
      timer = setTimeout(read, wait);
    };
    const visible = () => {
      if (document.hidden || timer || next === Infinity) return;
      timer = setTimeout(read, Math.max(0, next - Date.now()));
    };
    document.addEventListener('visibilitychange', visible);
    read();
    return () => {
      document.removeEventListener('visibilitychange', visible);
      abort.abort();
      clearTimeout(timer);
      if (url) URL.revokeObjectURL(url);
    };
  }, [camera, isKnown]);
  const isNone = isUnknown || picture.state === 'none';
  return html`
    <section class="card newest">
      <h2>Newest picture</h2>
      <div class="still-frame" aria-busy=${picture.state === 'loading' && !isUnknown ? 'true' : undefined}>${picture.url
        ? html`<img src=${picture.url} alt="The newest picture of the camera" />`
        : html`<span>${isNone ? 'No picture yet' : ''}</span>`}</div>
      <p class="instant">${picture.url ? html`<${When} at=${picture.frameAt} zone=${zone} digits=${3} /><span
        class="quiet">${rough(Math.max(0, now - picture.frameAt))} ago</span>` : ' '}</p>
    </section>`;
}
