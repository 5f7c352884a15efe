import {address, adjust, arrivals, cameraIds, instantIn, isoOf, troubleIn} from './address.js';
import {CameraPicker} from './camera-picker.js';
import {cameraName, cameras, zoneOf} from './cameras.js';
import {ClipForm} from './clip-form.js';
import {useNow} from './clock.js';
import {coarse, coverage, isExact, visible, want} from './coverage.js';
import {firstInterval} from './first-interval.js';
import {Icon} from './icons.js';
import {JobList} from './job-list.js';
import {useJobs} from './job-data.js';
import {useKeys} from './keys.js';
import {NewestPicture} from './newest-picture.js';
import {Plain} from './plain.js';
import {Preview} from './preview.js';
import {useRates} from './rates.js';
import {settings} from './settings.js';
import {useStore} from './store.js';
import {format} from './time.js';
import {around, clamp, overlay, within, zoomed} from './timeline.js';
import {heightOf, Swatch, Timeline} from './timeline-canvas.js';
import {html, useEffect, useMemo, useRef, useState} from './view.js';

const HOUR = 3_600_000;
const REFRESH = 20_000;
const SETTLE = 200;
const ZOOM = 0.5;

export function FootagePage() {
  const state = useStore(address);
  const known = useStore(cameras);
  const ids = useMemo(() => cameraIds(state), [state.camera]);
  const visit = useStore(arrivals);
  // of the address as it was opened: what the page chooses instead replaces it
  const trouble = useMemo(() => troubleIn(address.get()), [visit, state.camera]);
  const footage = useStore(coverage);
  const unknown = ids.filter(id => footage[id]?.unknown);
  // the interval that the page chose by itself; any other was set by somebody, and stays
  const own = useRef(null);
  const isBegun = useRef(Boolean(state.camera));
  useEffect(() => {
    if (isBegun.current || known.state === 'loading') return;
    isBegun.current = true;
    if (known.list.length === 1) adjust({camera: known.list[0].cameraId});
  }, [known]);
  const select = chosen => {
    isBegun.current = true;
    const isOwn = own.current && own.current.from === state.from && own.current.to === state.to;
    adjust({camera: chosen.join(',') || undefined, ...(chosen.length ? {} : {view: undefined}),
      ...(chosen.length || !isOwn ? {} : {from: undefined, to: undefined})});
  };
  return html`
    <main id="main">
      <h1 tabindex="-1">Footage</h1>
      <section class="card" aria-label="Cameras and their footage">
        <${CameraPicker} ...${{ids, unknown}} onIds=${select} error=${trouble} />
        ${ids.length ? html`<${Cameras} ids=${ids} state=${state} own=${own} />`
          : html`<${NoCamera} known=${known} onPick=${id => select([id])} />`}
      </section>
      ${ids.length > 0 && html`<div class=${ids.length === 1 ? 'beside' : ''}>
        ${ids.length === 1 && html`<${NewestPicture} key=${ids[0]} camera=${ids[0]} zone=${zoneOf(ids[0])}
          isKnown=${Boolean(footage[ids[0]]?.answered) && !unknown.length} isUnknown=${unknown.length > 0} />`}
        <${Recent} ids=${ids} />
      </div>`}
    </main>`;
}

function NoCamera({known, onPick}) {
  if (known.state === 'loading') return html`<div class="empty" aria-busy="true"></div>`;
  if (known.state === 'failed') return html`<div class="empty"><p class="error">${known.error.message}</p></div>`;
  return html`
    <div class="empty">
      ${known.list.length
        ? html`<p>Choose a camera to see its footage.</p><div class="choices">${known.list.slice(0, 24).map(one =>
          html`<button class="button" key=${one.cameraId} onClick=${() => onPick(one.cameraId)}><${Plain}
            text=${cameraName(one.cameraId)} /></button>`)}</div>`
        : html`<p>No camera is known yet. Type a camera’s id above; it is listed here once it was asked for.</p>`}
    </div>`;
}

const viewIn = state => {
  const [start, end] = (state.view ?? '').split('/').map(Date.parse);
  return start < end ? {start, end} : null;
};

function Cameras({ids, state, own}) {
  const now = useNow(REFRESH);
  const known = useStore(coverage);
  const zone = zoneOf(ids[0]);
  const limits = useMemo(() => ({start: now - settings.kept, end: now + Math.max(HOUR, settings.kept / 50)}), [now]);
  const selection = {start: instantIn(state, 'from'), end: instantIn(state, 'to')};
  const [view, setView] = useState(() => viewIn(state));
  const [broken, setBroken] = useState({});
  const [isEmpty, setEmpty] = useState(false);
  const [look, setLook] = useState(null);
  const pointed = useRef(NaN);

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
    for (const id of ids) want(id, limits.start, limits.end, coarse());
  }, [ids]);

  // then what is shown, as finely as it can be seen, and the selection exactly
  useEffect(() => {
    if (!view) return undefined;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      const span = view.end - view.start;
      for (const id of ids) want(id, view.start - span / 4, view.end + span / 4, visible(view), abort.signal);
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

  // the first look, and a look at other cameras: an interval that somebody set stays
  useEffect(() => {
    const isOwn = own.current && own.current.from === state.from && own.current.to === state.to;
    if (selection.end > selection.start && !isOwn) {
      if (!view) setView(around(selection.start, selection.end, limits, 1));
      return undefined;
    }
    let isLeft = false;
    firstInterval(ids, {limits, view: isOwn ? null : view, current: isOwn ? selection : null}).then(found => {
      const {from, to} = address.get();
      if (isLeft || from !== state.from || to !== state.to) return;
      setEmpty(!found);
      if (!found) setView(before => before ?? clamp(limits, limits));
      if (!found || (found.start === selection.start && found.end === selection.end)) return;
      own.current = {from: isoOf(found.start), to: isoOf(found.end)};
      adjust(own.current);
      if (!view || isOwn) setView(around(found.shown.start, found.shown.end, limits));
    });
    return () => { isLeft = true; };
  }, [ids]);

  const lanes = useMemo(() => ids.map(id => ({id, name: cameraName(id), runs: laneOf(known[id]?.runs ?? [], limits, now)})),
    [ids, known, limits]);
  const asked = useMemo(() => ids.filter(id => !known[id]?.unknown), [ids, known]);
  const missing = useMemo(() => missingIn(lanes, selection), [lanes, selection.start, selection.end]);

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
          onPoint=${at => { pointed.current = at; }} onLook=${setLook} />`
        : html`<div class="timeline" style=${{height: `${heightOf(ids.length)}px`}} aria-busy="true"></div>`}
      ${view && html`<${Preview} ...${{look, lanes, view, zone}} />`}
      <p class="context">${isEmpty && asked.length > 0 && 'No footage is kept. Type an interval to ask for a clip of it. '}${view
        && `${dayOf(view, zone)}, ${zone}`}</p>
    </div>
    <${Tools} ...${{view, limits, selection, zone, show, fit}} />
    ${problem && html`<p class="error" role="alert">${problem}</p>`}
    <${ClipForm} ids=${asked} selection=${effective} zone=${zone} missing=${missing} rates=${useRates(ids)}
      onSelection=${select} onCreated=${() => {}} />`;
}

/** {[cameraId]: runs of the interval that are no footage}; one unknown run until every recording was listed. */
function missingIn(lanes, {start, end}) {
  const found = Object.create(null);
  for (const {id, runs} of lanes) {
    if (!(end > start)) found[id] = [];
    else if (!isExact(id, start, end)) found[id] = [{start, end, kind: 'unknown'}];
    else found[id] = within(runs, start, end).filter(run => run.kind !== 'footage');
  }
  return found;
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
    html`<li key=${id}><span><${Plain} text=${cameraName(id)} /></span></li>`)}</ul>`;
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

function Recent({ids}) {
  const found = useJobs({cameraId: ids[0], limit: 5});
  return html`
    <section class="card">
      <h2>Newest jobs of <${Plain} text=${cameraName(ids[0])} />${ids.length > 1 && ', the first camera'}</h2>
      <${JobList} ...${found} more=${null} rows=${5} same=${true} empty="No clip of this camera was asked for yet." />
    </section>`;
}
