import {address, adjust, cameraIds, instantIn, isoOf} from './address.js';
import {CameraPicker} from './camera-picker.js';
import {cameraName, cameras, zoneOf} from './cameras.js';
import {ClipForm} from './clip-form.js';
import {useNow} from './clock.js';
import {coverage, want} from './coverage.js';
import {Icon} from './icons.js';
import {JobList} from './job-list.js';
import {useJobs} from './job-data.js';
import {useKeys} from './keys.js';
import {settings} from './settings.js';
import {useStore} from './store.js';
import {format} from './time.js';
import {around, clamp, overlay, within, zoomed} from './timeline.js';
import {heightOf, Swatch, Timeline} from './timeline-canvas.js';
import {html, useEffect, useMemo, useRef, useState} from './view.js';

const HOUR = 3_600_000;
const REFRESH = 20_000;
const SEAM = 1000;
const SETTLE = 200;
const FIRST_LENGTH = 30_000;
const COARSE_PIXELS = 1200;
const ZOOM = 0.5;

export function FootagePage() {
  const state = useStore(address);
  const known = useStore(cameras);
  const ids = useMemo(() => cameraIds(state), [state.camera]);
  useEffect(() => {
    if (!state.camera && known.list.length === 1) adjust({camera: known.list[0].cameraId});
  }, [state.camera, known]);
  const select = chosen => adjust({camera: chosen.join(',') || undefined, view: chosen.length ? state.view : undefined});
  return html`
    <main id="main">
      <h1 tabindex="-1">Footage</h1>
      <section class="card" aria-label="Cameras and their footage">
        <${CameraPicker} ids=${ids} onIds=${select} />
        ${ids.length ? html`<${Cameras} ids=${ids} state=${state} />`
          : html`<${NoCamera} known=${known} onPick=${id => select([id])} />`}
      </section>
      ${ids.length > 0 && html`<${Recent} ids=${ids} />`}
    </main>`;
}

function NoCamera({known, onPick}) {
  if (known.state === 'loading') return html`<div class="empty" aria-busy="true"></div>`;
  if (known.state === 'failed') return html`<div class="empty"><p class="error">${known.error.message}</p></div>`;
  return html`
    <div class="empty">
      ${known.list.length
        ? html`<p>Choose a camera to see its footage.</p><div class="choices">${known.list.slice(0, 24).map(one =>
          html`<button class="button" key=${one.cameraId} onClick=${() => onPick(one.cameraId)}>${one.name
            || one.cameraId}</button>`)}</div>`
        : html`<p>No camera is known yet. Type a camera’s id above; it is listed here once it was asked for.</p>`}
    </div>`;
}

const viewIn = state => {
  const [start, end] = (state.view ?? '').split('/').map(Date.parse);
  return start < end ? {start, end} : null;
};

function Cameras({ids, state}) {
  const now = useNow(REFRESH);
  const known = useStore(coverage);
  const zone = zoneOf(ids[0]);
  const limits = useMemo(() => ({start: now - settings.kept, end: now + Math.max(HOUR, settings.kept / 50)}), [now]);
  const selection = {start: instantIn(state, 'from'), end: instantIn(state, 'to')};
  const [view, setView] = useState(() => viewIn(state));
  const [broken, setBroken] = useState({});
  const pointed = useRef(NaN);
  const first = known[ids[0]];

  // an address that was opened or gone back to
  useEffect(() => {
    const wanted = viewIn(state);
    if (wanted && (wanted.start !== view?.start || wanted.end !== view?.end) && !settling.current) setView(wanted);
  }, [state.view]);

  const settling = useRef(0);
  const show = next => {
    setView(next);
    clearTimeout(settling.current);
    settling.current = setTimeout(() => {
      settling.current = 0;
      adjust({view: `${isoOf(next.start)}/${isoOf(next.end)}`});
    }, SETTLE);
  };
  useEffect(() => () => clearTimeout(settling.current), []);

  // the whole retention coarsely, once for each camera
  useEffect(() => {
    for (const id of ids) want(id, limits.start, limits.end, Math.ceil(settings.kept / COARSE_PIXELS / 1000));
  }, [ids]);

  // then what is shown, as finely as it can be seen, and the selection exactly
  useEffect(() => {
    if (!view) return undefined;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      const span = view.end - view.start;
      const resolution = Math.floor(span / COARSE_PIXELS / 1000);
      for (const id of ids) want(id, view.start - span / 4, view.end + span / 4, resolution, abort.signal);
    }, SETTLE);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [ids, view?.start, view?.end, now]);
  useEffect(() => {
    if (!(selection.end > selection.start) || selection.end - selection.start > settings.longest) return undefined;
    const timer = setTimeout(() => {
      for (const id of ids) want(id, selection.start, selection.end, 0);
    }, SETTLE);
    return () => clearTimeout(timer);
  }, [ids, selection.start, selection.end, now]);

  // the first look: the newest footage, and its end as the selection
  useEffect(() => {
    if (view || !first || (first.loading && !first.windows.length)) return;
    const chosen = selection.end > selection.start ? selection : null;
    if (chosen) {
      setView(around(chosen.start, chosen.end, limits, 1));
      return;
    }
    const last = lastStretch(first.runs);
    if (!last) {
      setView(clamp(limits, limits));
      return;
    }
    setView(around(Math.max(last.start, last.end - HOUR), last.end, limits));
    const end = Math.floor(last.end / 1000) * 1000;
    adjust({from: isoOf(Math.max(last.start, end - FIRST_LENGTH)), to: isoOf(end)});
  }, [first, view]);

  const lanes = useMemo(() => ids.map(id => ({id, name: cameraName(id), runs: laneOf(known[id]?.runs ?? [], limits, now)})),
    [ids, known, limits]);
  const missing = useMemo(() => Object.fromEntries(lanes.map(lane => [lane.id, selection.end > selection.start
    ? within(lane.runs, selection.start, selection.end).filter(run => run.kind !== 'footage') : []])),
  [lanes, selection.start, selection.end]);

  const select = next => {
    setBroken({in: Number.isNaN(next.start), out: Number.isNaN(next.end)});
    adjust({
      from: Number.isNaN(next.start) ? state.from : isoOf(next.start),
      to: Number.isNaN(next.end) ? state.to : isoOf(next.end)
    });
  };
  const effective = {start: broken.in ? NaN : selection.start, end: broken.out ? NaN : selection.end};
  useKeys({
    i: () => Number.isFinite(pointed.current) && select({...selection, start: Math.round(pointed.current)}),
    o: () => Number.isFinite(pointed.current) && select({...selection, end: Math.round(pointed.current)})
  });
  const problem = ids.map(id => known[id]?.error && `${cameraName(id)}: ${known[id].error.message}`).find(Boolean);
  const fit = () => selection.end > selection.start && show(around(selection.start, selection.end, limits, 1));
  return html`
    <div class="lanes">
      <${Names} ids=${ids} />
      ${view ? html`<${Timeline} ...${{lanes, view, limits, zone, selection}} onView=${show} onSelection=${select}
          onPoint=${at => { pointed.current = at; }} />`
        : html`<div class="timeline" style=${{height: `${heightOf(ids.length)}px`}} aria-busy="true"></div>`}
      <p class="context">${view && `${dayOf(view, zone)}, ${zone}`}</p>
    </div>
    <${Tools} ...${{view, limits, selection, zone, show, fit}} />
    ${problem && html`<p class="error" role="alert">${problem}</p>`}
    <${ClipForm} ids=${ids} selection=${effective} zone=${zone} missing=${missing} rates=${useRates(ids)}
      onSelection=${select} onCreated=${() => {}} />`;
}

/** The newest footage without a gap: {start, end}, or null. */
function lastStretch(runs) {
  const footage = runs.filter(run => run.kind === 'footage');
  let stretch = null;
  for (const run of footage.reverse()) {
    if (stretch && stretch.start - run.end > SEAM) break;
    stretch = {start: run.start, end: stretch?.end ?? run.end};
  }
  return stretch;
}

/** What the service answered, over what follows from the clock alone. */
function laneOf(runs, limits, now) {
  const base = [
    {start: -Infinity, end: limits.start, kind: 'expired', reason: 'EXPIRED'},
    {start: now, end: Infinity, kind: 'future', reason: 'NOT_YET_RECORDED'}
  ];
  return runs.length ? overlay(base, runs.filter(run => run.end > run.start), runs[0].start, runs.at(-1).end) : base;
}

function Names({ids}) {
  return html`<ul class="names" aria-hidden="true">${ids.map(id =>
    html`<li key=${id}><span>${cameraName(id)}</span></li>`)}</ul>`;
}

function dayOf(view, zone) {
  const first = format(view.start, zone).slice(0, 10);
  const last = format(view.end, zone).slice(0, 10);
  return first === last ? first : `${first} to ${last}`;
}

const LEGEND = [
  ['footage', 'Footage'], ['gap', 'Gap'], ['future', 'Not yet recorded'], ['expired', 'No longer kept'],
  ['unknown', 'Not known yet']
];

function Tools({view, limits, selection, zone, show, fit}) {
  const middle = view && (view.start + view.end) / 2;
  const zoom = factor => view && show(zoomed(view, factor, middle, limits));
  const last = span => view && show(clamp({start: limits.end - HOUR / 2 - span, end: limits.end - HOUR / 2}, limits));
  return html`
    <div class="tools">
      <div class="buttons">
        <button class="button square" aria-label="Zoom in" onClick=${() => zoom(ZOOM)}><${Icon} name="plus" /></button>
        <button class="button square" aria-label="Zoom out" onClick=${() => zoom(1 / ZOOM)}><${Icon} name="minus" /></button>
        <button class="button" onClick=${fit} disabled=${!(selection.end > selection.start)}>Selection</button>
        <button class="button" onClick=${() => last(2 * HOUR)}>Last 2 h</button>
        <button class="button" onClick=${() => show(clamp(limits, limits))}>All</button>
      </div>
      <ul class="legend" aria-label="Legend">${LEGEND.map(([kind, word]) =>
        html`<li key=${kind}><${Swatch} kind=${kind} />${word}</li>`)}</ul>
    </div>`;
}

/** Bytes a second of the newest clip of each camera, where it is known. */
function useRates(ids) {
  const {jobs} = useJobs({cameraId: ids[0], status: 'DONE', limit: 5});
  return useMemo(() => {
    const rates = {};
    for (const job of jobs) {
      const {bytes: size, durationInMs} = job.result ?? {};
      const camera = job.request?.cameraId;
      if (size && durationInMs && camera && !rates[camera]) rates[camera] = size / durationInMs * 1000;
    }
    return rates;
  }, [jobs]);
}

function Recent({ids}) {
  const found = useJobs({cameraId: ids[0], limit: 5});
  return html`
    <section class="card">
      <h2>Newest jobs of ${cameraName(ids[0])}</h2>
      <${JobList} ...${found} more=${null} rows=${5} same=${true} empty="No clip of this camera was asked for yet." />
    </section>`;
}
