import {go} from './address.js';
import {cancelJob, retryJob, sentence} from './api.js';
import {cameraName, cameras, zoneOf} from './cameras.js';
import {useNow} from './clock.js';
import {Icon} from './icons.js';
import {isId} from './identifier.js';
import {useJob} from './job-data.js';
import {cameraIn, filmIn, filmName, Interval, intervalOf, nameOf, pictureIn, State} from './job-list.js';
import {plain, Plain} from './plain.js';
import {Player} from './player.js';
import {settings} from './settings.js';
import {StreamPlayer} from './stream-player.js';
import {length, rough} from './time.js';
import {html, useEffect, useRef, useState} from './view.js';
import {When} from './when.js';
import {bytes, count, fallbackText, gapWord, isOpen, outcomeWord} from './words.js';

/** Milliseconds of footage that are shown before and after a picture. */
const AROUND = 10_000;

export function JobPage({id, onHelp}) {
  const {job, error, reload, show} = useJob(id);
  // without a title it waits for the camera's name, so that nothing below the heading moves
  const isNamed = job && (job.title || cameras.get().state !== 'loading');
  const name = isNamed ? nameOf(job) : error ? plain(id) : 'Job';
  const interval = job && intervalOf(job);
  useEffect(() => { document.title = `${[name, interval].filter(Boolean).join(', ')} · Camclips`; }, [name, interval]);
  const camera = job && cameraIn(job);
  const zone = zoneOf(camera);
  // an earlier stream does not play where films are no longer transcoded
  const hasStream = job?.status === 'DONE' && job.result?.playlists?.m3u8 && settings.maxUploadBytes;
  return html`
    <main id="main">
      <div class="page-head">
        <a class="button plain" href="#page=jobs" onClick=${event => {
          event.preventDefault();
          go({page: 'jobs'});
        }}><${Icon} name="left" />Jobs</a>
        <div class="heading">
          <h1 tabindex="-1"><${Plain} text=${name} /></h1>
          ${(isNamed || error) && html`<p class="quiet">${interval && html`<span><${Interval} job=${job} /></span>`}<span class="mono">${plain(id)}</span></p>`}
        </div>
        ${isNamed && html`<${State} job=${job} />`}
      </div>
      ${error && html`<p class="card error" role="alert">${error.status === 404 || !isId(id)
        ? 'There is no such job, or it is no longer kept.' : error.message}</p>`}
      ${isNamed ? html`<div class="job">
        <div class="column">
          <section class="card stage-card" aria-label=${{transcode: 'Stream', snapshot: 'Picture'}[job.type] ?? 'Clip'}>
            ${job.result?.clip ? html`<${Player} key=${`${job.jobId} ${job.run}`} job=${job} zone=${zone}
              onExpired=${reload} onHelp=${onHelp} />` : hasStream ? html`<${StreamPlayer}
              key=${`${job.jobId} ${job.run}`} job=${job} />` : pictureIn(job) ? html`<${Picture} job=${job} />` : html`<${Progress} job=${job} zone=${zone} />`}
          </section>
          ${job.result?.clip && html`<${Gaps} ...${{job, zone}} />`}
          <${Steps} job=${job} zone=${zone} />
        </div>
        <div class="column">
          <${Actions} ...${{job, zone, show, reload}} />
          <${Facts} job=${job} zone=${zone} camera=${camera} />
          ${job.result?.cut && html`<${Cut} cut=${job.result.cut} lost=${job.result.lost ?? []} />`}
        </div>
      </div>` : !error && html`<div aria-busy="true"></div>`}
    </main>`;
}

/** The picture of a snapshot. The lifecycle of its bucket removes it before its job. */
function Picture({job}) {
  const [isGone, setIsGone] = useState(false);
  const {url, width, height} = job.result;
  if (isGone) return html`<div class="stage said"><p class="big">No picture</p><p>It is no longer kept, or its link has ended.</p></div>`;
  return html`<img class="picture" src=${url} ...${{width, height}} alt="The picture of the snapshot" onError=${() => setIsGone(true)} />`;
}

/** Where the clip will be: how far it is, or why there is none. */
function Progress({job, zone}) {
  const open = isOpen(job);
  const now = useNow(open ? 1000 : 0);
  const next = Date.parse(job.nextCheckAt);
  const deadline = Date.parse(job.deadlineAt);
  if (!open) {
    return html`
      <div class="stage said">
        <p class="big">${job.status === 'CANCELLED' ? 'Cancelled' : outcomeWord(job.outcome)}</p>
        <p>${job.status === 'CANCELLED' ? 'The job was cancelled. Its objects are removed.'
          : job.result?.playlists ? 'This service plays no streams.' : sentence(job.error?.message)}</p>
      </div>`;
  }
  return html`
    <div class="stage said" aria-live="polite">
      <p class="big">${job.progress} %</p>
      <progress max="100" value=${job.progress} aria-label="Progress"></progress>
      <p>${job.status === 'QUEUED' ? 'In the queue.' : job.step ? `Last step: ${job.step}.` : 'Started.'}</p>
      ${job.status === 'WAITING' && html`<div aria-live="off">
        <p>Waiting for footage.${Number.isFinite(next) && html` Next look ${next - now >= 1000 ? `in ${rough(next - now)}` : 'now'}, at ${
          ''}<${When} at=${next} zone=${zone} />.`}</p>
        ${Number.isFinite(deadline) && html`<p>It gives up at <${When} at=${deadline} zone=${zone} />.</p>`}</div>`}
    </div>`;
}

function Steps({job, zone}) {
  const steps = job.steps ?? [];
  const open = isOpen(job);
  const now = useNow(open ? 1000 : 0);
  if (!steps.length) return null;
  return html`
    <section class="card">
      <h2>Steps</h2>
      <ol class="steps">${steps.map((step, i) => {
        const start = Date.parse(step.startedAt);
        const end = step.endedAt ? Date.parse(step.endedAt) : open ? now : NaN;
        return html`<li key=${i} class=${step.failed ? 'failed' : step.endedAt ? '' : 'current'}>
          <span class="name"><${Plain} text=${step.name} /></span>
          <span class="took">${Number.isFinite(end - start) && `${(Math.max(0, end - start) / 1000).toFixed(1)} s`}</span>
          <span class="at"><${When} at=${start} zone=${zone} /></span>
          ${(step.tries > 1 || step.lastError) && html`<span class="why">${step.tries > 1 && `${step.tries} tries. `}${
            step.lastError && `${step.failed ? 'Failed' : 'Last failure'}: ${sentence(step.lastError)}`}</span>`}
        </li>`;
      })}</ol>
    </section>`;
}

function Gaps({job, zone}) {
  const gaps = job.result.gaps ?? [];
  const {startTimestampInMs: start, endTimestampInMs: end} = job.request;
  const share = at => `${(at - start) / (end - start) * 100}%`;
  return html`
    <section class="card">
      <h2>${gaps.length ? count(gaps.length, 'gap') : 'No gaps'}</h2>
      ${gaps.length > 0 && html`
        <div class="strip" aria-hidden="true">${gaps.map((gap, i) => html`<div class="hole" key=${i} style=${{
          left: share(gap.startTimestampInMs), width: share(start + gap.endTimestampInMs - gap.startTimestampInMs)
        }}></div>`)}</div>
        <ul class="gaps">${gaps.map((gap, i) => html`<li key=${i}><${When} at=${gap.startTimestampInMs} zone=${zone}
          digits=${3} /><span>${length(gap.endTimestampInMs - gap.startTimestampInMs)}, ${gapWord(gap.reason)}</span></li>`)}</ul>`}
    </section>`;
}

function Actions({job, zone, show, reload}) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState(null);
  const card = useRef(null);
  const acted = useRef(false);
  const link = job.result?.clip ?? pictureIn(job);
  const now = useNow(link ? 1000 : 0);
  const act = action => async () => {
    setBusy(true);
    setProblem(null);
    try {
      show(await action(job.jobId));
      reload();
    } catch (error) {
      setProblem(error);
    }
    acted.current = true;
    setBusy(false);
  };
  // the button that was pressed may be gone: the focus is then on the next action, or on the heading
  useEffect(() => {
    if (!acted.current || busy) return;
    acted.current = false;
    const active = document.activeElement;
    if (active && active !== document.body && active.isConnected) return;
    (card.current?.querySelector('button:not(.link):not(:disabled)') ?? document.querySelector('#main h1'))?.focus();
  }, [busy]);
  const end = Date.parse(link?.expiresAt);
  const over = end <= now;
  if (!link && !job.links?.cancel && !job.links?.retry && !problem) return null;
  return html`
    <section class="card actions first" aria-label="Actions" ref=${card}>
      ${link && html`<a class=${`button primary${over ? ' off' : ''}`} href=${over ? undefined
        : link.downloadUrl ?? link.url} download rel="noreferrer"><${Icon} name="download" />Download${
        job.result.bytes ? ` ${bytes(job.result.bytes)}` : ''}</a>
        <p class="link-end">${over ? 'The link has ended.' : html`<span class="left">The link ends in ${rough(end - now)},</span> at <${When}
          at=${end} zone=${zone} />.`} <button class="link" onClick=${reload}>Renew</button></p>`}
      ${job.links?.cancel && html`<button class="button" disabled=${busy} onClick=${act(cancelJob)}>Cancel the job</button>`}
      ${job.links?.retry && html`<button class="button primary" disabled=${busy} onClick=${act(retryJob)}>Try again</button>`}
      ${problem && html`<p class="error" role="alert">${sentence(problem.message)}</p>`}
    </section>`;
}

function Facts({job, zone, camera}) {
  const {startTimestampInMs: start, endTimestampInMs: end} = job.request ?? {};
  const {durationMs, widthPx, heightPx} = job.result ?? {};
  const film = filmIn(job);
  const at = Date.parse(job.request?.at);
  const frameAt = Date.parse(job.result?.frameAt);
  const shown = Number.isFinite(frameAt) ? frameAt : at;
  const from = Number.isFinite(start) ? start : shown - AROUND;
  const to = Number.isFinite(end) ? end : shown + AROUND;
  const facts = [
    ['Camera', camera && html`<a href=${`#camera=${encodeURIComponent(camera)}`} onClick=${event => {
      event.preventDefault();
      go({camera, ...(from < to ? {from: new Date(from).toISOString(), to: new Date(to).toISOString()} : {})});
    }}><${Plain} text=${cameraName(camera)} /></a>`],
    ['Film', film && html`<${Plain} text=${filmName(film)} />`],
    ['Key', film && html`<span class="mono"><${Plain} text=${film} /></span>`],
    ['From', Number.isFinite(start) && html`<${When} at=${start} zone=${zone} digits=${3} />`],
    ['To', Number.isFinite(end) && html`<${When} at=${end} zone=${zone} digits=${3} />`],
    ['Length', Number.isFinite(end - start) ? length(end - start) : durationMs > 0 && length(durationMs)],
    ['Stream', job.request?.stream && html`<${Plain} text=${job.request.stream} />`],
    ['Asked for', Number.isFinite(at) && html`<${When} at=${at} zone=${zone} digits=${3} />`],
    ['Shown', Number.isFinite(frameAt) && html`<${When} at=${frameAt} zone=${zone} digits=${3} />`],
    ['Size', pictureIn(job) && `${job.result.width} × ${job.result.height}`],
    ['Picture', durationMs > 0 && (widthPx ? `${widthPx} × ${heightPx}` : 'none, only sound')],
    ['Asked', html`<${When} at=${job.createdAt} zone=${zone} />`],
    ['Ended', job.endedAt && html`<${When} at=${job.endedAt} zone=${zone} />`],
    ['Code', job.error && html`<span class="mono">${plain(job.error.code)}</span>`],
    ['Run', job.run > 1 && job.run],
    ['Waits', job.waits > 0 && job.waits],
    ['Job', html`<span class="mono">${plain(job.jobId)}</span>`]
  ];
  return html`
    <section class="card">
      <h2>Request</h2>
      <dl class="pairs">${facts.filter(([, value]) => value).map(([name, value]) =>
        html`<div key=${name}><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
    </section>`;
}

const MODES = {
  copy: 'Every frame was copied.',
  boundaries: 'Only the frames around the two ends were encoded.',
  segment: 'A part was encoded.',
  full: 'Every frame was encoded.'
};

function Cut({cut, lost}) {
  const all = (cut.copied ?? 0) + (cut.reencoded ?? 0);
  return html`
    <section class="card">
      <h2>How it was cut</h2>
      <p>${MODES[cut.mode] ?? ''}${cut.reason ? ` ${fallbackText(cut.reason)}` : ''}</p>
      <dl class="pairs">
        <div><dt>Copied</dt><dd>${count(cut.copied ?? 0, 'frame')}</dd></div>
        <div><dt>Encoded</dt><dd>${count(cut.reencoded ?? 0, 'frame')}${cut.reencoded > 0
          ? `, ${(100 * (cut.reencoded ?? 0) / all).toFixed(1)} %` : ''}</dd></div>
        ${lost.length > 0 && html`<div><dt>Lost</dt><dd>${count(lost.reduce((sum, one) => sum + one.frames, 0),
          'frame')} that could not be decoded</dd></div>`}
        ${cut.decodeErrors && html`<div><dt>Decoder</dt><dd>${count(cut.decodeErrors, 'error')}</dd></div>`}
      </dl>
    </section>`;
}
