import {address, adjust, go} from './address.js';
import {cameraName, cameras} from './cameras.js';
import {useJobs} from './job-data.js';
import {isId} from './identifier.js';
import {JobList} from './job-list.js';
import {plain} from './plain.js';
import {settings} from './settings.js';
import {useStore} from './store.js';
import {html, useMemo, useRef} from './view.js';
import {OPEN} from './words.js';

const HOUR = 3_600_000;
/** Offered before any job is known, so that nothing moves when the first list comes. */
const typesMade = () => ['clip', 'snapshot', ...(settings.maxUploadBytes ? ['transcode'] : [])];
const STATES = [
  ['', 'All'], ['open', 'Open'], ['ready', 'Ready'], ['failed', 'Failed'], ['cancelled', 'Cancelled']
];
const STATUSES = {open: OPEN.join(','), ready: 'DONE', failed: 'FAILED', cancelled: 'CANCELLED'};
const SINCE = [['', 'Any time'], ['1h', 'Last hour', HOUR], ['1d', 'Last day', 24 * HOUR], ['7d', 'Last 7 days', 168 * HOUR]];

export function JobsPage() {
  const state = useStore(address);
  const {list} = useStore(cameras);
  const types = useRef(new Set(typesMade()));
  const query = useMemo(() => {
    const span = SINCE.find(([key]) => key === (state.since ?? ''))?.[2];
    return {
      status: Object.hasOwn(STATUSES, state.status ?? '') ? STATUSES[state.status] : undefined, type: state.type,
      cameraId: isId(state.camera) ? state.camera : undefined, limit: 30,
      from: span && new Date(Math.floor((Date.now() - span) / 60_000) * 60_000).toISOString()
    };
  }, [state.status, state.type, state.camera, state.since]);
  const found = useJobs(query);
  found.jobs.forEach(job => types.current.add(job.type));
  const filtered = Boolean(state.status || state.type || state.camera || state.since);
  const choose = (key, value) => adjust({[key]: value || undefined});
  const ids = list.map(one => one.cameraId);
  if (isId(state.camera) && !ids.includes(state.camera)) ids.unshift(state.camera);
  return html`
    <main id="main">
      <h1 tabindex="-1">Jobs</h1>
      <section class="card" aria-label="Jobs">
        <div class="filters">
          <div class="segments" role="group" aria-label="State">
            ${STATES.map(([key, word]) => html`<button key=${key} aria-pressed=${(state.status ?? '') === key
              ? 'true' : 'false'} onClick=${() => choose('status', key)}>${word}</button>`)}
          </div>
          <label>Camera<select value=${state.camera ?? ''} onChange=${event => choose('camera', event.target.value)}>
            <option value="">All cameras</option>
            ${ids.map(id => html`<option key=${id} value=${id}>${cameraName(id)}</option>`)}
          </select></label>
          <label>Asked<select value=${state.since ?? ''} onChange=${event => choose('since', event.target.value)}>
            ${SINCE.map(([key, word]) => html`<option key=${key} value=${key}>${word}</option>`)}
          </select></label>
          <label>Type<select value=${state.type ?? ''}
              onChange=${event => choose('type', event.target.value)}>
            <option value="">All types</option>
            ${[...new Set([...types.current, ...(state.type ? [state.type] : [])])].map(type =>
              html`<option key=${type} value=${type}>${plain(type)}</option>`)}
          </select></label>
        </div>
        <${JobList} ...${found} empty=${filtered
          ? html`No job matches. <button class="link" onClick=${() => go({page: 'jobs'})}>Show all jobs</button>`
          : html`No job yet. <button class="link" onClick=${() => go({})}>Ask for a clip</button>`} />
      </section>
    </main>`;
}
