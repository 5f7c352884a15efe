import {getStatus} from './api.js';
import {settings} from './settings.js';
import {rough} from './time.js';
import {html, useEffect, useState} from './view.js';
import {outcomeWord} from './words.js';

const PERIOD = 5000;

export function OperatorsPage() {
  const [found, setFound] = useState({status: null, error: null});
  useEffect(() => {
    const abort = new AbortController();
    let timer;
    const read = async () => {
      let wait = PERIOD;
      try {
        setFound({status: await getStatus(abort.signal), error: null});
      } catch (error) {
        if (error.name === 'AbortError') return;
        wait = Math.max(PERIOD, error.retryAfter * 1000);
        setFound(before => ({...before, error}));
      }
      timer = setTimeout(read, wait);
    };
    read();
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, []);
  const {status, error} = found;
  const links = [['Hawtio', settings.hawtio], ['Grafana', settings.grafana]].filter(([, url]) => url);
  return html`
    <main id="main">
      <h1 tabindex="-1">Operators</h1>
      ${error && html`<p class="card error" role="alert">${error.message}</p>`}
      ${status ? html`<${Figures} status=${status} />` : !error && html`<div class="tiles" aria-busy="true">${
        [0, 1, 2, 3].map(i => html`<div class="card tile" key=${i}></div>`)}</div><div class="card hour"></div>`}
      ${links.length > 0 && html`<section class="card"><h2>More</h2><p class="links">${links.map(([name, url]) =>
        html`<a class="button" key=${name} href=${url} rel="noreferrer">${name}</a>`)}</p></section>`}
    </main>`;
}

function Tile({name, value, more}) {
  return html`<div class="card tile"><dt>${name}</dt><dd><b>${value ?? '–'}</b><small>${more ?? ' '}</small></dd></div>`;
}

function Figures({status}) {
  const queues = status.queues ?? [];
  const hour = Object.entries(status.lastHour ?? {}).sort((a, b) => b[1] - a[1]);
  const most = Math.max(1, ...hour.map(([, number]) => number));
  const {workers} = status;
  return html`
    <dl class="tiles">
      ${queues.map(queue => html`<${Tile} key=${queue.type} name="Queue length" value=${queue.waiting}
        more=${`${queue.type}, ${queue.inFlight ?? '–'} in work`} />
        <${Tile} name="Oldest message" value=${queue.oldestMessageSeconds === undefined ? undefined
          : rough(queue.oldestMessageSeconds * 1000)} more=${queue.type} />`)}
      <${Tile} name="Workers" value=${workers && `${workers.busy ?? '–'} of ${workers.of ?? '–'}`} more="busy" />
      <${Tile} name="Open jobs" value=${status.openJobs} />
    </dl>
    <section class="card hour">
      <h2>Outcomes of the last hour</h2>
      ${hour.length ? html`<ul class="bars">${hour.map(([outcome, number]) => html`<li key=${outcome}>
        <span>${outcomeWord(outcome)}</span><span class="bar"><span style=${{width: `${number / most * 100}%`}}></span></span>
        <b>${number}</b></li>`)}</ul>` : html`<div class="empty"><p>No job has ended in the last hour.</p></div>`}
    </section>`;
}
