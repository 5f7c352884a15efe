import {html} from './view.js';

const PATHS = {
  play: 'M7 5v14l12-7z',
  pause: 'M7 5h3.5v14H7zM13.5 5H17v14h-3.5z',
  back: 'M18 6v12l-8.5-6zM6 6h2.5v12H6z',
  forward: 'M6 6v12l8.5-6zM15.5 6H18v12h-2.500z',
  plus: 'M11 5h2v6h6v2h-6v6h-2v-6H5v-2h6z',
  minus: 'M5 11h14v2H5z',
  cross: 'M6.4 5 12 10.6 17.6 5 19 6.4 13.4 12 19 17.6 17.6 19 12 13.4 6.4 19 5 17.6 10.6 12 5 6.400z',
  left: 'M14.5 5 16 6.5 10.5 12 16 17.5 14.5 19 7.5 12z',
  camera: 'M9 5h6l1.5 2H20v12H4V7h3.500zM12 9a4 4 0 1 0 0 8 4 4 0 0 0 0-8zm0 1.800a2.2 2.2 0 1 1 0 4.4 2.2 2.2 0 0 1 0-4.400z',
  download: 'M11 4h2v8l3-3 1.4 1.400L12 15.800l-5.4-5.400L8 9l3 3zM5 18h14v2H5z',
  keys: 'M3 6h18v12H3zm2 2v8h14V8zm1.5 1.500h2v2h-2zm4 0h2v2h-2zm4 0h2v2h-2zM8 13h8v1.800H8z',
  full: 'M5 5h6v2H7v4H5zM13 5h6v6h-2V7h-4zM5 13h2v4h4v2H5zM17 13h2v6h-6v-2h4z',
  DONE: 'M9.5 17.5 4 12l1.5-1.5 4 4 9-9L20 7z',
  FAILED: 'M11 4h2v11h-2zM11 17h2v3h-2z',
  CANCELLED: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zm0 2a6 6 0 0 1 3.5 1.100L7.1 15.500A6 6 0 0 1 12 6zm0 12a6 6 0 0 1-3.5-1.100l8.4-8.400A6 6 0 0 1 12 18z',
  RUNNING: 'M12 4v2a6 6 0 1 1-6 6H4a8 8 0 1 0 8-8z',
  QUEUED: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8z',
  WAITING: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zm0 2a6 6 0 1 1 0 12 6 6 0 0 1 0-12zm-1 2v5l4 2.4 1-1.7-3-1.700V8z',
  ANNOUNCING: 'M4 11h11l-4-4 1.4-1.400L19 12l-6.6 6.400L11 17l4-4H4z'
};

/** A picture that says nothing to a screen reader: a label or a text beside it does. */
export function Icon({name}) {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d=${PATHS[name]
    ?? PATHS.QUEUED} /></svg>`;
}
