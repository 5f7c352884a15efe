import {cameraName, cameras} from './cameras.js';
import {Field} from './field.js';
import {Icon} from './icons.js';
import {useStore} from './store.js';
import {html, useState} from './view.js';

const ID = /^(?!.*\.\.)[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;
const MOST = 8;

/** The chosen cameras, each with a button that takes it away, and a field that adds one by name or id. */
export function CameraPicker({ids, onIds, error}) {
  const {list} = useStore(cameras);
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState(null);

  const add = value => {
    const typed = value.trim();
    if (!typed) return;
    const camera = list.find(one => one.cameraId === typed) ?? list.find(one => one.name === typed);
    const id = camera?.cameraId ?? typed;
    if (!ID.test(id)) {
      setWrong('It must be the name or the id of a camera.');
    } else if (!ids.includes(id) && ids.length >= MOST) {
      setWrong(`At most ${MOST} cameras at once.`);
    } else {
      setText('');
      setWrong(null);
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
  return html`
    <div class="cameras">
      <${Field} id="camera" label=${ids.length ? 'Add a camera' : 'Camera'} list="camera-list" value=${text}
          placeholder="name or id" error=${wrong ?? error} hint=" " onInput=${input} onKeyDown=${key}
          onChange=${event => add(event.target.value)} />
      <datalist id="camera-list">
        ${list.filter(one => !ids.includes(one.cameraId)).map(one =>
          html`<option key=${one.cameraId} value=${one.cameraId}>${one.name ?? ''}</option>`)}
      </datalist>
      ${ids.length > 0 && html`<ul class="chips" aria-label="Chosen cameras">
        ${ids.map(id => html`<li key=${id}><span>${cameraName(id)}</span><button type="button"
          aria-label=${`Remove ${cameraName(id)}`} onClick=${() => onIds(ids.filter(one => one !== id))}><${Icon}
          name="cross" /></button></li>`)}</ul>`}
    </div>`;
}
