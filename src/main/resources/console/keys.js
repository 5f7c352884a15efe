import {useEffect, useRef} from './view.js';

const TYPED = 'input:not([type=range]):not([type=checkbox]), textarea, select, [contenteditable]';
const PRESSED = 'button, a, summary';

/** The name of a key stroke: "i", "Shift+ArrowLeft", "Space". Shift is named for keys without a sign of their own. */
function nameOf(event) {
  const key = event.key === ' ' ? 'Space' : event.key;
  if (key.length === 1) return key.toLowerCase();
  return event.shiftKey ? `Shift+${key}` : key;
}

/** Calls actions for key strokes, except where something is typed, a dialog is open or a slider has the focus. */
export function useKeys(actions) {
  const current = useRef(actions);
  current.current = actions;
  useEffect(() => {
    const listener = event => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      const name = nameOf(event);
      const action = current.current[name];
      if (!action || event.target.closest?.(TYPED) || document.querySelector('dialog[open]')) return;
      if (name === 'Space' && event.target.closest?.(PRESSED)) return;
      event.preventDefault();
      action();
    };
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, []);
}
