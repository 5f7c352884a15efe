import {MOST_CAMERAS} from './address.js';
import {cameraName, cameras} from './cameras.js';
import {forgetUnknown} from './coverage.js';
import {Field} from './field.js';
import {Icon} from './icons.js';
import {ID_RULE, isId} from './identifier.js';
import {plain, Plain} from './plain.js';
import {useStore} from './store.js';
import {html, useEffect, useRef, useState} from './view.js';

/**
 * The chosen cameras, each with a button that takes it away, and a field that adds one by name or id.
 *
 * unknown: those of the ids that the service does not know; error: of the address
 */
export function CameraPicker({ids, unknown, onIds, error}) {
  const {list} = useStore(cameras);
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState(null);
  const chips = useRef(null);
  const removed = useRef(-1);

  // the button that had the focus is gone: the next one has it, or the field
  useEffect(() => {
    if (removed.current < 0) return;
    const left = chips.current?.querySelectorAll('button') ?? [];
    (left[Math.min(removed.current, left.length - 1)] ?? document.getElementById('camera'))?.focus();
    removed.current = -1;
  }, [ids]);
  const remove = index => {
    removed.current = index;
    onIds(ids.filter((_, i) => i !== index));
  };

  const add = value => {
    const typed = value.trim();
    if (!typed) return;
    const camera = list.find(one => one.cameraId === typed) ?? list.find(one => one.name === typed);
    const id = camera?.cameraId ?? typed;
    if (!isId(id)) {
      setWrong(`The camera cannot be “${plain(typed).slice(0, 60)}”: it is a name of the list, or an id: ${ID_RULE}.`);
    } else if (!ids.includes(id) && ids.length >= MOST_CAMERAS) {
      setWrong(`The camera ${id} cannot be added: at most ${MOST_CAMERAS} cameras are shown at once.`);
    } else {
      setText('');
      setWrong(null);
      // it may have become known meanwhile
      forgetUnknown(id);
      if (!ids.includes(id)) onIds([...ids, id]);
    }
  };
  const input = event => {
    setText(event.target.value);
    setWrong(null);
    // a choice from the list arrives without a key stroke
    if (!event.inputType || event.inputType === 'insertReplacementText') add(event.target.value);
  };
  const key = event => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    add(text);
  };
  // short, so that it fits into the line that is kept for it
  const refusal = unknown.length ? `Unknown camera: ${unknown.map(id => `“${id}”`).join(', ')}.` : null;
  return html`
    <div class="cameras">
      <${Field} id="camera" label=${ids.length ? 'Add a camera' : 'Camera'} list="camera-list" value=${text}
          placeholder="name or id" error=${wrong ?? error ?? refusal} hint=" " onInput=${input} onKeyDown=${key}
          onChange=${event => add(event.target.value)} />
      <datalist id="camera-list">
        ${list.filter(one => !ids.includes(one.cameraId)).map(one =>
          html`<option key=${one.cameraId} value=${one.cameraId}>${plain(one.name)}</option>`)}
      </datalist>
      ${ids.length > 0 && html`<ul class="chips" aria-label="Chosen cameras" ref=${chips}>
        ${ids.map((id, i) => html`<li key=${id} class=${unknown.includes(id) ? 'unknown' : ''}>${unknown.includes(id)
          && html`<${Icon} name="FAILED" />`}<span title=${cameraName(id)}><${Plain} text=${cameraName(id)} /></span><button
          type="button" aria-describedby=${unknown.includes(id) ? 'camera-note' : undefined}
          aria-label=${`Remove ${cameraName(id)}`} onClick=${() => remove(i)}><${Icon} name="cross" /></button></li>`)}</ul>`}
    </div>`;
}
