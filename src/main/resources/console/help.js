import {Icon} from './icons.js';
import {html, useEffect, useRef} from './view.js';

const GROUPS = [
  ['Player', [
    ['Space', 'play or pause'], [', .', 'one frame back, one frame forward'], ['← →', '1 s back, 1 s forward'],
    ['Shift ← →', '10 s back, 10 s forward'], ['[ ]', 'slower, faster: 0.25 to 16 times'], ['I O', 'in and out at this frame'],
    ['G', 'keep this frame as a file'], ['Home End', 'first frame, last frame']
  ]],
  ['Timeline', [
    ['Wheel, pinch', 'zoom at the pointer'], ['Drag', 'move'], ['← →', 'move'], ['+ −', 'zoom'],
    ['I O', 'in and out at the pointer'], ['Esc', 'hide the picture']
  ]],
  ['In and out', [['← →', '1 s'], ['Shift ← →', '10 s'], ['Page up, page down', '1 min'], ['Home End', 'ends of what is shown']]],
  ['Everywhere', [['?', 'this list']]]
];

/** The list of keys. */
export function Help({onClose}) {
  const dialog = useRef(null);
  useEffect(() => { dialog.current.showModal(); }, []);
  const click = event => { if (event.target === dialog.current) dialog.current.close(); };
  return html`
    <dialog ref=${dialog} onClose=${onClose} onClick=${click} aria-labelledby="help-title">
      <div class="dialog">
        <header><h2 id="help-title">Keys</h2><button class="button square plain" aria-label="Close"
          onClick=${() => dialog.current.close()}><${Icon} name="cross" /></button></header>
        <div class="keys">
          ${GROUPS.map(([name, keys]) => html`<section key=${name}><h3>${name}</h3><dl>${keys.map(([key, what]) =>
            html`<div key=${key}><dt>${key}</dt><dd>${what}</dd></div>`)}</dl></section>`)}
        </div>
      </div>
    </dialog>`;
}
