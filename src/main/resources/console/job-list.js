import {go} from './address.js';
import {cameraName, zoneOf} from './cameras.js';
import {Icon} from './icons.js';
import {length} from './time.js';
import {html, useState} from './view.js';
import {When} from './when.js';
import {isOpen, outcomeWord, stateWord} from './words.js';

/** The state of a job as a sign and a word, with its progress while it is open. */
export function State({job}) {
  return html`<span class=${`state ${job.status}`}><${Icon} name=${job.status} /><span>${stateWord(job.status)}${
    isOpen(job) && job.status !== 'QUEUED' ? html` <span class="percent">${job.progress} %</span>` : ''}</span></span>`;
}

export const cameraIn = job => job.request?.cameraId ?? job.subject;

function Row({job}) {
  const camera = cameraIn(job);
  const zone = zoneOf(camera);
  const {startTimestampInMs: start, endTimestampInMs: end} = job.request ?? {};
  const open = event => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go({job: job.jobId});
  };
  return html`
    <li>
      <a class="row" href=${`#job=${encodeURIComponent(job.jobId)}`} onClick=${open}>
        <span class="name">${job.title || job.jobId}</span>
        <span class="what">${camera ? cameraName(camera) : job.type}</span>
        <span class="interval">${Number.isFinite(start) && html`<${When} at=${start} zone=${zone} /> · ${
          length(end - start)}`}</span>
        <${State} job=${job} />
        <span class="ended">${job.status === 'FAILED' && job.outcome ? outcomeWord(job.outcome)
          : html`asked <${When} at=${job.createdAt} zone=${zone} />`}</span>
      </a>
    </li>`;
}

/**
 * rows: how many places are kept while it loads; empty: what to say if there is none; same: whether all are of one
 * camera, which is then left out where there is little room.
 */
export function JobList({jobs, state, error, more, rows = 8, empty, same = false}) {
  const [busy, setBusy] = useState(false);
  if (state === 'loading') {
    return html`<ul class="jobs" aria-busy="true" aria-label="Jobs are being read">${Array.from({length: rows}, (_, i) =>
      html`<li key=${i}><div class="row waiting"></div></li>`)}</ul>`;
  }
  const next = async () => {
    setBusy(true);
    await more();
    setBusy(false);
  };
  return html`
    ${error && html`<p class="error" role="alert">${error.message}</p>`}
    ${state === 'ready' && !jobs.length && html`<div class="empty"><p>${empty}</p></div>`}
    <ul class=${same ? 'jobs same' : 'jobs'}>${jobs.map(job => html`<${Row} key=${job.jobId} job=${job} />`)}</ul>
    ${more && html`<button class="button" disabled=${busy} onClick=${next}>Older jobs</button>`}`;
}
