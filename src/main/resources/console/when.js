import {format, offsetName, zoneName} from './time.js';
import {html} from './view.js';

/** An instant in the zone, with the zone's name. */
export function When({at, zone, digits = 0}) {
  const instant = typeof at === 'string' ? Date.parse(at) : at;
  if (!Number.isFinite(instant)) return html`<span class="quiet">unknown</span>`;
  const iso = new Date(instant).toISOString();
  const title = `${zone}, ${offsetName(instant, zone)}; ${iso}`;
  return html`<time class="when" datetime=${iso} title=${title}>${format(instant, zone, digits)}${' '}<span
    class="zone">${zoneName(instant, zone)}</span></time>`;
}
