import {createClip, sentence} from './api.js';
import {cameraName} from './cameras.js';
import {Field} from './field.js';
import {go} from './address.js';
import {settings} from './settings.js';
import {plain, Plain} from './plain.js';
import {format, length} from './time.js';
import {refusal as refused, TimeField} from './time-field.js';
import {html, useEffect, useRef, useState} from './view.js';
import {bytes, count, gapWord} from './words.js';

/** Bytes a second of a camera that has no clip yet: 2 Mbit/s. */
const USUAL_RATE = 250_000;

/** Names of the API's fields that have a field of their own here. */
const PLACED = ['startTimestampInMs', 'endTimestampInMs', 'title', 'clipId', 'cameraId'];

/**
 * Asks for one clip of each camera.
 *
 * missing: {[cameraId]: runs of the interval that are no footage}; rates: {[cameraId]: bytes a second}, where known.
 */
export function ClipForm({ids, selection, zone, missing, rates, onSelection, onCreated}) {
  const [title, setTitle] = useState('');
  const [clipId, setClipId] = useState('');
  const [busy, setBusy] = useState(false);
  const [answers, setAnswers] = useState([]);
  const key = useRef(null);
  const form = useRef(null);
  const span = selection.end - selection.start;
  const failures = answers.filter(answer => answer.problem);
  const refusal = name => failures.map(answer => answer.problem.field(name)).find(Boolean);

  // a key and a refusal belong to one request, however it was changed
  useEffect(() => {
    key.current = null;
    setAnswers([]);
  }, [ids.join(' '), selection.start, selection.end]);
  // a refused field gets the focus, unless somebody went on meanwhile
  useEffect(() => {
    const isHere = document.activeElement === document.body || document.activeElement?.closest('.submit');
    if (failures.length && isHere) form.current.querySelector('[aria-invalid=true]')?.focus();
  }, [answers]);
  const change = next => {
    key.current = null;
    setAnswers([]);
    next();
  };
  const submit = async event => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    // the same key for a repetition of the same request: it makes no second job
    key.current ??= crypto.randomUUID?.() ?? String(Math.random());
    const asked = await Promise.all(ids.map(async cameraId => {
      const request = {cameraId, startTimestampInMs: selection.start, endTimestampInMs: selection.end};
      if (title.trim()) request.title = title.trim();
      if (clipId.trim() && ids.length === 1) request.clipId = clipId.trim();
      try {
        return {cameraId, job: await createClip(request, `${key.current}-${cameraId}`)};
      } catch (problem) {
        return {cameraId, problem};
      }
    }));
    setBusy(false);
    setAnswers(asked);
    if (asked.every(answer => answer.job)) key.current = null;
    if (asked.some(answer => answer.job)) onCreated();
  };
  const selected = Number.isFinite(span);
  const out = selected && format(selection.end, zone);
  const backwards = selected && span <= 0
    ? refused('Out', out, `it is after In, ${format(selection.start, zone)}`) : null;
  const tooLong = selected && span > settings.longest
    ? refused('Out', out, `a clip is at most ${length(settings.longest)} long, so until ${
      format(selection.start + settings.longest, zone)}`) : null;
  const ready = ids.length > 0 && selected && !backwards;
  return html`
    <form class="clip-form" ref=${form} onSubmit=${submit} noValidate>
      <${TimeField} id="in" label="In" at=${selection.start} zone=${zone} error=${refusal('startTimestampInMs')}
        onChange=${start => change(() => onSelection({...selection, start}))} />
      <${TimeField} id="out" label="Out" at=${selection.end} zone=${zone}
        error=${backwards ?? tooLong ?? refusal('endTimestampInMs')}
        onChange=${end => change(() => onSelection({...selection, end}))} />
      ${ids.length < 2 && html`<${Facts} ...${{ids, span, missing, rates}} />`}
      <${Field} id="title" label="Title" maxLength="200" placeholder="optional" value=${title}
        error=${refusal('title')} hint="Shown with the job."
        onInput=${event => change(() => setTitle(event.target.value))} />
      ${ids.length > 1 && html`<${Facts} ...${{ids, span, missing, rates}} />`}
      <${Field} id="clip-id" label="Clip id" maxLength="128" placeholder="made by the service" class="mono"
        value=${ids.length > 1 ? '' : clipId} disabled=${ids.length > 1} error=${refusal('clipId')}
        hint=${ids.length > 1 ? 'Several cameras make one clip each, with an id of its own.' : 'Also the id of the job.'}
        onInput=${event => change(() => setClipId(event.target.value))} />
      <div class="submit">
        <button class="button primary" disabled=${!ready} aria-disabled=${busy ? 'true' : undefined}>${busy
          ? 'Asking …' : ids.length > 1 ? `Ask for ${ids.length} clips` : 'Ask for the clip'}</button>
        <${Answers} answers=${answers} />
      </div>
    </form>`;
}

/** Several cameras have a place each for what is missing, so that nothing moves when it becomes known. */
function Facts({ids, span, missing, rates}) {
  const known = Number.isFinite(span) && span > 0;
  const size = ids.reduce((sum, id) => sum + lengthOfFootage(span, missing[id]) / 1000 * (rates[id] ?? USUAL_RATE), 0);
  const measured = ids.length > 0 && ids.every(id => rates[id]);
  return html`
    <dl class=${ids.length > 1 ? 'facts many' : 'facts'}>
      <div><dt>Length</dt><dd>${known ? length(span) : '–'}</dd></div>
      <div><dt>Missing</dt><dd>${known && span <= settings.longest && ids.length
        ? html`<${Missing} ...${{ids, missing}} />` : '–'}</dd></div>
      <div><dt>Size</dt><dd>${known && ids.length ? html`about ${bytes(size)}<small>${measured
        ? 'at the rate of the last clip' : 'at 2 Mbit/s'}</small>` : '–'}</dd></div>
    </dl>`;
}

function lengthOfFootage(span, runs = []) {
  return Math.max(0, span - runs.filter(run => run.kind !== 'unknown').reduce((sum, run) => sum + run.end - run.start, 0));
}

function Missing({ids, missing}) {
  if (ids.length === 1) return html`<${MissingOf} runs=${missing[ids[0]]} />`;
  return html`<ul class="each">${ids.map(id => html`<li key=${id}><small><${Plain} text=${cameraName(id)} /></small><${MissingOf}
    runs=${missing[id]} /></li>`)}</ul>`;
}

function MissingOf({runs}) {
  if (!runs || runs.some(run => run.kind === 'unknown')) return 'not known yet';
  if (!runs.length) return 'nothing';
  const total = runs.reduce((sum, run) => sum + run.end - run.start, 0);
  const reasons = [...new Set(runs.map(run => gapWord(run.reason)))].join(', ');
  return html`${length(total)} in ${count(runs.length, 'part')}<small>${reasons}</small>`;
}

function Answers({answers}) {
  return html`<ul class="answers" aria-live="polite">
    ${answers.map(({cameraId, job, problem}) => {
      if (job) {
        return html`<li key=${cameraId}>${answers.length > 1 ? `${cameraName(cameraId)}: ` : ''}<a href=${`#job=${
          encodeURIComponent(job.jobId)}`} onClick=${event => open(event, job)}>Asked. Watch it being made</a></li>`;
      }
      const elsewhere = problem.fields.filter(error => !PLACED.includes(error.field));
      if (problem.fields.length && !elsewhere.length && answers.length === 1) return null;
      return html`<li key=${cameraId} class="error">${answers.length > 1 ? `${cameraName(cameraId)}: ` : ''}${
        elsewhere.length ? elsewhere.map(error => `${plain(error.field)}: ${sentence(error.message)}`).join(' ')
          : sentence(problem.message)}${problem.retryAfter ? ` Try again in ${problem.retryAfter} s.` : ''}</li>`;
    })}
  </ul>`;
}

function open(event, job) {
  event.preventDefault();
  go({job: job.jobId});
}
