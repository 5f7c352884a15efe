import {html} from './view.js';

/** A labelled text field with a hint and, where it is refused, the reason below it. */
export function Field({id, label, hint, error, children, ...input}) {
  return html`
    <div class=${`field${error ? ' wrong' : ''}`}>
      <label for=${id}>${label}</label>
      <input id=${id} autocomplete="off" spellcheck=${false} aria-invalid=${error ? 'true' : undefined}
        aria-describedby=${`${id}-note`} ...${input} />
      <div class="note" id=${`${id}-note`} aria-live="polite">${error
        ? html`<span class="error">${error}</span>` : hint}</div>
      ${children}
    </div>`;
}
