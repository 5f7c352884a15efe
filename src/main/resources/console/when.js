import {format, offsetName, zoneName} from './time.js';
import {html} from './view.js';

/** A date and a time that may be shown on two lines, but are never broken within: browsers would break at the hyphens. */
export const wrapped = text => text.split(' ').map((word, i) => html`${i > 0 && ' '}<span class="whole">${word}</span>`);

/** An instant in the zone, with the zone's name. */
export function When({at, zone, digits = 0}) {
  const instant = typeof at === 'string' ? Date.parse(at) : at;
  if (!Number.isFinite(instant)) return html`<span class="quiet">unknown</span>`;
  const iso = new Date(instant).toISOString();
  const title = `${zone}, ${offsetName(instant, zone)}; ${iso}`;
  return html`<time class="when" datetime=${iso} title=${title}>${wrapped(format(instant, zone, digits))}${' '}<span
    class="zone">${zoneName(instant, zone)}</span></time>`;
}
