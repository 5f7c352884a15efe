// The view library, from one place.
export {
  html, render, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState
} from './lib/preact/standalone.module.js';
