// Texts from outside, without what would change how others are shown.
import {html} from './view.js';

/** Control characters, among them those that turn the direction of writing or show nothing. */
const CONTROLS = /[\p{Cc}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]+/gu;

/** The text in one line, each row of control characters a blank. */
export const plain = text => String(text ?? '').replace(CONTROLS, ' ');

/** A text whose direction of writing leaves its neighbours alone. */
export const Plain = ({text}) => html`<bdi>${plain(text)}</bdi>`;
