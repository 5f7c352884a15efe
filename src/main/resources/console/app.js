import {address, arrivals, go} from './address.js';
import {session, signOut} from './auth.js';
import {cameras, loadCameras} from './cameras.js';
import {FilmsPage} from './films.js';
import {FootagePage} from './footage.js';
import {Help} from './help.js';
import {Icon} from './icons.js';
import {JobPage} from './job.js';
import {JobsPage} from './jobs.js';
import {useKeys} from './keys.js';
import {liveness} from './live.js';
import {OperatorsPage} from './operators.js';
import {settings} from './settings.js';
import {SignIn} from './sign-in.js';
import {useStore} from './store.js';
import {html, useEffect, useRef, useState} from './view.js';

const PAGES = [['footage', 'Footage'], ['films', 'Films'], ['jobs', 'Jobs'], ['operators', 'Operators']];

const offered = () => PAGES.filter(([key]) => key !== 'films' || settings.maxUploadBytes);

const pageOf = state => (state.job ? 'job' : offered().some(([key]) => key === state.page) ? state.page : 'footage');

export function App() {
  const state = useStore(address);
  const who = useStore(session);
  const arrival = useStore(arrivals);
  const [help, setHelp] = useState(false);
  const isIn = who.state === 'in' || who.state === 'off';
  const page = pageOf(state);
  useStore(cameras);
  useKeys({'?': () => setHelp(true)});
  useEffect(() => { if (isIn) loadCameras(); }, [isIn]);
  useEffect(() => {
    const name = PAGES.find(([key]) => key === page)?.[1];
    if (name) document.title = `${name} · Camclips`;
  }, [page]);
  useHeadingFocus(`${page} ${state.job ?? ''}`);
  const onHelp = () => setHelp(true);
  return html`
    <a class="skip" href="#main" onClick=${skip}>To the content</a>
    <header class="top">
      <div class="bar">
        <a class="brand" href="#" onClick=${event => follow(event, {})}>Camclips</a>
        ${isIn && html`<nav aria-label="Pages">${offered().map(([key, word]) => html`<a key=${key} href=${key === 'footage'
          ? '#' : `#page=${key}`} aria-current=${page === key || (page === 'job' && key === 'jobs') ? 'page' : undefined}
          onClick=${event => follow(event, key === 'footage' ? {} : {page: key})}>${word}</a>`)}</nav>`}
        <div class="buttons">
          ${isIn && html`<${Live} />`}
          ${isIn && html`<button class="button square plain" aria-label="Keys" title="Keys (?)" onClick=${onHelp}><${Icon}
            name="keys" /></button>`}
          ${who.state === 'in' && html`<button class="button plain" onClick=${signOut}
            title=${who.name ? `Signed in as ${who.name}` : undefined}>Sign out</button>`}
        </div>
      </div>
    </header>
    ${!isIn ? html`<${SignIn} error=${who.error} />`
      : page === 'job' ? html`<${JobPage} key=${`${state.job} ${arrival}`} id=${state.job} onHelp=${onHelp} />`
        : page === 'jobs' ? html`<${JobsPage} />` : page === 'films' ? html`<${FilmsPage} />`
          : page === 'operators' ? html`<${OperatorsPage} />` : html`<${FootagePage} key=${arrival} />`}
    ${help && html`<${Help} onClose=${() => setHelp(false)} />`}`;
}

function follow(event, state) {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  go(state);
}

function skip(event) {
  event.preventDefault();
  document.querySelector('#main h1')?.focus();
}

/** Moves the focus to the heading of a new page, so that a screen reader says it; not at first. */
function useHeadingFocus(place) {
  const last = useRef(place);
  useEffect(() => {
    if (last.current === place) return;
    last.current = place;
    scrollTo(0, 0);
    document.querySelector('#main h1')?.focus({preventScroll: true});
  }, [place]);
}

const LIVE = {live: 'Live', polling: 'Polling', connecting: 'Connecting', off: 'Off'};

function Live() {
  const mode = useStore(liveness);
  return html`<span class=${`live ${mode}`} role="status" title=${mode === 'polling'
    ? 'The lists are read again every few seconds.' : 'Changes of jobs arrive as they happen.'}>${LIVE[mode]}</span>`;
}
