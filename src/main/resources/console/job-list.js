import {go} from './address.js';
import {cameraName, zoneOf} from './cameras.js';
import {Icon} from './icons.js';
import {plain, Plain} from './plain.js';
import {format, length, zoneName} from './time.js';
import {html, useEffect, useRef, useState} from './view.js';
import {When} from './when.js';
import {isOpen, outcomeWord, stateWord} from './words.js';

/** The state of a job as a sign and a word, with its progress while it is open. */
export function State({job}) {
  return html`<span class=${`state ${job.status}`}><${Icon} name=${job.status} /><span>${stateWord(job.status)}${
    isOpen(job) && job.status !== 'QUEUED' ? html` <span class="percent">${job.progress} %</span>` : ''}</span></span>`;
}

/** Key of the film of a transcode; undefined for jobs of other types. */
export const filmIn = job => (job.type === 'transcode' ? job.request?.inputFile ?? job.subject : undefined);

/** Name of the stream of a snapshot; undefined for other jobs. */
const streamIn = job => (job.type === 'snapshot' ? job.request?.stream : undefined);

/** The result of a snapshot with its link; null for other jobs. */
export const pictureIn = job => (job.type === 'snapshot' && job.result?.url ? job.result : null);

export const cameraIn = job => job.request?.cameraId
  ?? (filmIn(job) === undefined && streamIn(job) === undefined ? job.subject : undefined);

/** A film is called by the end of its key. */
export const filmName = key => plain(key.split('/').filter(Boolean).pop() ?? key);

const titleOf = job => plain(job.title).trim();

/** What a job is called: its title, else its camera or its film, else its id. */
export function nameOf(job) {
  const camera = cameraIn(job);
  const film = filmIn(job);
  return titleOf(job) || (camera ? cameraName(camera) : film ? filmName(film) : plain(streamIn(job) ?? job.jobId));
}

/** "2026-11-28 10:15:00 CET · 0:20.000", empty for a job without an interval. */
export function intervalOf(job) {
  const {startTimestampInMs: start, endTimestampInMs: end} = job.request ?? {};
  if (!(end > start)) return '';
  const zone = zoneOf(cameraIn(job));
  return `${format(start, zone, 0)} ${zoneName(start, zone)} · ${length(end - start)}`;
}

/** `intervalOf` as an element. */
export function Interval({job}) {
  const {startTimestampInMs: start, endTimestampInMs: end} = job.request;
  return html`<${When} at=${start} zone=${zoneOf(cameraIn(job))} /> · ${length(end - start)}`;
}

/** same: whether the camera goes without saying. */
function Row({job, same}) {
  const camera = cameraIn(job);
  const zone = zoneOf(camera);
  const {startTimestampInMs: start, endTimestampInMs: end} = job.request ?? {};
  const open = event => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go({job: job.jobId});
  };
  const title = titleOf(job);
  const hasInterval = Number.isFinite(end - start);
  const frameAt = Date.parse(job.result?.frameAt ?? (job.type === 'snapshot' ? job.request?.at : NaN));
  // one without a title is known by its camera, or by its interval
  const isTimed = same && !title && hasInterval;
  const failure = job.status === 'FAILED' && job.outcome;
  return html`
    <li>
      <a class="row" href=${`#job=${encodeURIComponent(job.jobId)}`} onClick=${open}>
        <span class=${isTimed ? 'name timed' : 'name'}>${isTimed ? html`<${When} at=${start} zone=${zone} />` : html`<${Plain} text=${nameOf(job)} />`}</span>
        <span class=${title || job.type === 'snapshot' ? 'what' : 'what id'}>${job.type === 'snapshot' ? 'picture' : title || !camera
          ? html`<${Plain} text=${camera ? cameraName(camera) : job.type} />` : plain(job.jobId)}</span>
        <span class="interval timed">${hasInterval && html`${!isTimed && html`<${When} at=${start} zone=${zone} /> · `}${
          length(end - start)}`}${Number.isFinite(frameAt) && html`<${When} at=${frameAt} zone=${zone} />`}${job.result?.durationMs && length(job.result.durationMs)}</span>
        <${State} job=${job} />
        <span class=${failure ? 'ended outcome' : 'ended timed'}>${failure ? outcomeWord(job.outcome)
          : html`asked <${When} at=${job.createdAt} zone=${zone} />`}</span>
      </a>
    </li>`;
}

/**
 * rows: how many places are kept while it loads; empty: what to say if there is none; same: whether all are of one
 * camera, or all are films, which is then left out where there is little room.
 */
export function JobList({jobs, state, error, more, rows = 8, empty, same = false}) {
  const [busy, setBusy] = useState(false);
  const rowsOf = useRef(null);
  const focusAt = useRef(-1);
  // the button may be gone: the focus is then on the first of the jobs that it brought
  useEffect(() => {
    if (busy || focusAt.current < 0) return;
    if (!more) rowsOf.current?.querySelectorAll('a')[focusAt.current]?.focus();
    focusAt.current = -1;
  }, [busy]);
  if (state === 'loading') {
    return html`<ul class="jobs" aria-busy="true" aria-label="Jobs are being read">${Array.from({length: rows}, (_, i) =>
      html`<li key=${i}><div class="row waiting"></div></li>`)}</ul>`;
  }
  const next = async () => {
    if (busy) return;
    focusAt.current = jobs.length;
    setBusy(true);
    await more();
    setBusy(false);
  };
  return html`
    ${error && html`<p class="error" role="alert">${error.message}</p>`}
    ${state === 'ready' && !jobs.length && html`<div class="empty"><p>${more ? 'None among the newest jobs.' : empty}</p></div>`}
    <ul class=${same ? 'jobs same' : 'jobs'} ref=${rowsOf}>${jobs.map(job => html`<${Row} key=${job.jobId} ...${{job, same}} />`)}</ul>
    ${more && html`<button class="button" aria-disabled=${busy ? 'true' : undefined} onClick=${next}>Older jobs</button>`}`;
}
