import {Field} from './field.js';
import {parse} from './parse-time.js';
import {plain} from './plain.js';
import {format, offsetName, zoneName} from './time.js';
import {html, useEffect, useRef, useState} from './view.js';

const MOST_SHOWN = 60;

/**
 * A text field for an instant. It takes a pasted one in any form of `parse`, asks which one is meant where the clocks
 * show a time twice, and refuses one that does not exist.
 *
 * onChange(instant) is called with NaN while the text is not an instant.
 */
export function TimeField({id, label, at, zone, error, onChange}) {
  const [text, setText] = useState(null);
  const [wrong, setWrong] = useState(null);
  const [choice, setChoice] = useState(null);
  const typed = useRef(null);

  // an instant from elsewhere, such as a handle, takes the place of what was typed
  useEffect(() => {
    if (!Number.isFinite(at)) return;
    typed.current = null;
    setText(null);
    setWrong(null);
    setChoice(null);
  }, [at, zone]);

  const commit = () => {
    if (typed.current === null) return;
    const value = typed.current;
    typed.current = null;
    const read = parse(value, zone, Number.isFinite(at) ? at : Date.now());
    setWrong(read.error ? refusal(label, value, read.error) : null);
    setChoice(read.instants?.length > 1 ? read.instants : null);
    if (read.instants?.length === 1) {
      if (read.instants[0] === at) setText(null);
      onChange(read.instants[0]);
    } else {
      onChange(NaN);
    }
  };
  const input = event => {
    typed.current = event.target.value;
    setText(event.target.value);
    setWrong(null);
    setChoice(null);
    if (event.inputType === 'insertFromPaste') commit();
  };
  const key = event => {
    if (event.key !== 'Enter') return;
    // the form is not sent with the instant from before
    event.preventDefault();
    commit();
  };
  const choose = instant => {
    // the button that was pressed goes away
    document.getElementById(id).focus();
    onChange(instant);
  };
  const known = Number.isFinite(at);
  return html`
    <${Field} id=${id} label=${html`${label} <span class="zone">${zone}</span>`} class="time"
        value=${text ?? (known ? format(at, zone) : '')} onInput=${input}
        onBlur=${commit} onKeyDown=${key}
        error=${wrong ?? (choice ? 'The clocks show this time twice. Which one is it?' : error)}
        hint=${known ? `${zone === 'UTC' ? 'UTC' : `${zoneName(at, zone)}, ${offsetName(at, zone)}`} · ${
          new Date(at).toISOString()}` : ' '}>
      ${choice && html`<div class="choices" role="group" aria-label=${`${label}: which one`}>
        ${choice.map(instant => html`<button type="button" class="button" key=${instant}
          onClick=${() => choose(instant)}>${format(instant, zone).slice(11).replace(/:00\.000$/, '')} ${
          zoneName(instant, zone)}, ${offsetName(instant, zone)}</button>`)}</div>`}
    <//>`;
}

/** "In cannot be “25:00”: there is no such date or time." */
export function refusal(label, value, allowed) {
  const shown = plain(value).trim();
  const cut = shown.length > MOST_SHOWN ? `${shown.slice(0, MOST_SHOWN)}…` : shown;
  return `${label} cannot be ${cut ? `“${cut}”` : 'empty'}: ${allowed}.`;
}
