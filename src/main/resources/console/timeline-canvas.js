import {format, offsetName, zoneName} from './time.js';
import {clamp, instantOf, panned, ticks, within, xOf, zoomed} from './timeline.js';
import {html, useEffect, useLayoutEffect, useRef, useState} from './view.js';
import {count, gapWord} from './words.js';

const AXIS = 32;
const LANE = 64;
const BAR_TOP = 26;
const BAR = 32;
const GRIPS = 24;
/** Width of a handle in pixels. */
const HANDLE = 44;
/** Width of its line. */
const LINE = 2;
const KEY_ZOOM = 0.7;
const SECOND = 1000;
const MOST_SPOKEN = 20;

/** Height in pixels for so many lanes. */
export const heightOf = lanes => AXIS + Math.max(lanes, 1) * LANE + GRIPS;

const KIND_WORDS = {footage: 'footage', future: 'not yet recorded', expired: 'no longer kept', unknown: 'not known yet'};

const runWord = run => (run.kind === 'gap' ? `gap: ${gapWord(run.reason)}` : KIND_WORDS[run.kind]);

/**
 * Coverage on a canvas. The wheel and a pinch zoom at the pointer, dragging moves, and two sliders select an interval.
 *
 * lanes: [{id, name, runs}]; view, limits: {start, end}; selection: {start, end}, both NaN without one. onPoint(instant)
 * is called with NaN when the pointer leaves; onLook({x, at, lane}) where a picture is looked at, with null for none.
 */
export function Timeline({lanes, view, limits, zone, selection, onView, onSelection, onPoint, onLook}) {
  const box = useRef(null);
  const canvas = useRef(null);
  const [width, setWidth] = useState(0);
  const [pointer, setPointer] = useState(null);
  const scheme = useScheme();
  const state = useRef();
  state.current = {view, limits, width, onView};

  useLayoutEffect(() => {
    const measure = () => setWidth(box.current.clientWidth);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(box.current);
    return () => observer.disconnect();
  }, []);

  useLayoutEffect(() => {
    if (width && view) paint(canvas.current, {lanes, view, zone, selection, width});
  }, [lanes, view, zone, selection.start, selection.end, width, scheme]);

  useGestures(box, state);

  // another instant lies at the pointer than before
  useEffect(() => {
    onLook(null);
    if (pointer && width) onPoint?.(instantOf(pointer.x, view, width));
  }, [view.start, view.end]);

  const height = heightOf(lanes.length);
  const isInFirst = !(selection.start > selection.end);
  const move = event => {
    const bounds = box.current.getBoundingClientRect();
    const x = event.clientX - bounds.left;
    const lane = Math.floor((event.clientY - bounds.top - AXIS) / LANE);
    const at = instantOf(x, view, width);
    setPointer({x, lane});
    onPoint?.(at);
    // a finger or a pressed button moves the timeline
    if (event.pointerType !== 'touch' && !event.buttons) onLook({x, at, lane: Math.min(Math.max(lane, 0), lanes.length - 1)});
    else if (!event.target.closest('[role=slider]')) onLook(null);
  };
  const leave = () => {
    setPointer(null);
    onPoint?.(NaN);
    onLook(null);
  };
  const key = event => {
    const span = view.end - view.start;
    const middle = (view.start + view.end) / 2;
    const next = {
      ArrowLeft: () => panned(view, -span / 10, limits),
      ArrowRight: () => panned(view, span / 10, limits),
      '+': () => zoomed(view, KEY_ZOOM, middle, limits),
      '=': () => zoomed(view, KEY_ZOOM, middle, limits),
      '-': () => zoomed(view, 1 / KEY_ZOOM, middle, limits),
      Home: () => clamp(limits, limits)
    }[event.key];
    if (event.key === 'Escape') onLook(null);
    if (!next || event.target !== box.current || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    onView(next());
  };

  return html`
    <div class="timeline" ref=${box} style=${{height: `${height}px`}} tabindex="0" role="group"
        aria-label="Timeline of the footage. Arrows move it, plus and minus zoom."
        aria-describedby="timeline-text" onPointerMove=${move} onPointerLeave=${leave} onKeyDown=${key}>
      <canvas ref=${canvas} aria-hidden="true"></canvas>
      ${width > 0 && view && html`
        <${Handle} side="in" isLeft=${isInFirst} at=${selection.start} other=${selection.end}
          ...${{view, limits, width, zone}} onMove=${at => onSelection({...selection, start: at})} onLook=${onLook} />
        <${Handle} side="out" isLeft=${!isInFirst} at=${selection.end} other=${selection.start}
          ...${{view, limits, width, zone}} onMove=${at => onSelection({...selection, end: at})} onLook=${onLook} />
        <${Tip} ...${{pointer, lanes, view, zone, width}} />
        <p class="hidden" id="timeline-text">${spoken(lanes, view, zone)}</p>`}
    </div>`;
}

/** What the canvas shows, for those who do not see it. */
function spoken(lanes, view, zone) {
  const shown = `${format(view.start, zone, 0)} to ${format(view.end, zone, 0)} ${zone}.`;
  const texts = lanes.map(({name, runs}) => {
    const parts = within(runs, view.start, view.end);
    const gaps = parts.filter(run => run.kind === 'gap');
    const others = [...new Set(parts.map(run => run.kind))].filter(kind => kind !== 'gap' && kind !== 'footage');
    const listed = gaps.slice(0, MOST_SPOKEN).map(gap =>
      `${format(gap.start, zone, 0)} to ${format(gap.end, zone, 0)}, ${gapWord(gap.reason)}`);
    if (others.length && parts.every(run => run.kind === others[0])) return `\u2068${name}\u2069: ${KIND_WORDS[others[0]]}.`;
    const told = others.map(kind => `partly ${KIND_WORDS[kind]}`);
    if (gaps.length) told.unshift(`${count(gaps.length, 'gap')}: ${listed.join('; ')}`);
    return `\u2068${name}\u2069: ${told.join('; ') || 'no gaps'}.`;
  });
  return [shown, ...texts].join(' ');
}

function Tip({pointer, lanes, view, zone, width}) {
  if (!pointer) return null;
  const at = instantOf(pointer.x, view, width);
  const lane = lanes[pointer.lane];
  const run = lane && within(lane.runs, at, at + 1)[0];
  const place = element => {
    if (!element) return;
    const most = width - element.offsetWidth - 4;
    element.style.left = `${Math.max(Math.min(pointer.x - element.offsetWidth / 2, most), 4)}px`;
  };
  return html`<div class="tip" ref=${place} aria-hidden="true">
    <b>${format(at, zone)}</b> ${zoneName(at, zone)}${run && html`<br />${runWord(run)}`}</div>`;
}

/**
 * One end of the selection: a line at its instant, and a grip beside it. The left one's grip has room for the other's at
 * its right, and the other way round, so that both can be reached wherever the lines are.
 */
function Handle({side, isLeft, at, other, view, limits, width, zone, onMove, onLook}) {
  const drag = useRef(null);
  if (!Number.isFinite(at)) return null;
  const x = xOf(at, view, width);
  const shown = Math.min(Math.max(x, 0), width);
  const low = side === 'in' ? limits.start : other + 1;
  const high = side === 'in' ? other - 1 : limits.end;
  const look = instant => {
    const place = xOf(instant, view, width);
    onLook(place >= 0 && place <= width ? {x: place, at: instant, lane: 0} : null);
  };
  const to = next => {
    const instant = Math.round(Math.min(Math.max(next, low), high));
    onMove(instant);
    look(instant);
  };
  const name = side === 'in' ? 'In' : 'Out';

  const down = event => {
    if (event.button !== 0) return;
    event.stopPropagation();
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = {from: event.clientX, at};
  };
  const move = event => {
    if (!drag.current) return;
    event.stopPropagation();
    to(drag.current.at + (event.clientX - drag.current.from) * (view.end - view.start) / width);
  };
  const up = () => {
    drag.current = null;
    onLook(null);
  };
  const focus = event => { if (event.currentTarget.matches(':focus-visible')) look(at); };
  const key = event => {
    const by = {
      ArrowLeft: -SECOND, ArrowDown: -SECOND, ArrowRight: SECOND, ArrowUp: SECOND, PageDown: -60 * SECOND,
      PageUp: 60 * SECOND
    }[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (by) to(at + by * (event.shiftKey ? 10 : 1));
    else if (event.key === 'Home') to(view.start);
    else if (event.key === 'End') to(view.end);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const least = isLeft ? 0 : HANDLE;
  const left = Math.min(Math.max(isLeft ? shown - HANDLE : shown, least), width - 2 * HANDLE + least);
  const line = Math.min(shown - left, width - left - LINE);
  const reach = {left: `${Math.min(line, 0)}px`, width: `${Math.max(HANDLE, line + LINE) - Math.min(line, 0)}px`};
  return html`
    <div class=${`handle ${side}${x < 0 || x > width ? ' away' : ''}`} style=${{transform: `translateX(${left}px)`}}
        role="slider" tabindex="0"
        aria-label=${name} aria-orientation="horizontal" aria-valuemin=${Math.round(low)} aria-valuemax=${Math.round(high)}
        aria-valuenow=${at} aria-valuetext=${`${format(at, zone)} ${zone}, ${offsetName(at, zone)}`}
        onPointerDown=${down} onPointerMove=${move} onPointerUp=${up} onPointerCancel=${up} onKeyDown=${key}
        onFocus=${focus} onBlur=${() => onLook(null)}>
      <span class="line" style=${{left: `${line}px`}}></span>
      <span class="reach" style=${reach}></span>
      <span class="grip" aria-hidden="true">${name}</span>
    </div>`;
}

/** Wheel, pinch and drag on the box. */
function useGestures(box, state) {
  useEffect(() => {
    const element = box.current;
    const pointers = new Map();
    let gesture = null;
    const xIn = clientX => clientX - element.getBoundingClientRect().left;

    const wheel = event => {
      const {view, limits, width, onView} = state.current;
      if (!view || !width) return;
      event.preventDefault();
      const span = view.end - view.start;
      const unit = event.deltaMode === 1 ? 16 : 1;
      const sideways = event.shiftKey && !event.deltaX ? event.deltaY : event.deltaX;
      if (Math.abs(sideways) > Math.abs(event.shiftKey ? 0 : event.deltaY)) {
        onView(panned(view, sideways * unit * span / width, limits));
      } else {
        const strength = event.ctrlKey ? 0.01 : 0.002;
        onView(zoomed(view, Math.exp(event.deltaY * unit * strength), instantOf(xIn(event.clientX), view, width), limits));
      }
    };
    const begin = () => {
      const {view, width} = state.current;
      const xs = [...pointers.values()];
      gesture = xs.length ? {view, at: xs.slice(0, 2).map(x => instantOf(x, view, width))} : null;
    };
    const down = event => {
      if (event.button !== 0 || event.target.closest('[role=slider]')) return;
      pointers.set(event.pointerId, xIn(event.clientX));
      element.setPointerCapture(event.pointerId);
      begin();
    };
    const move = event => {
      if (!gesture || !pointers.has(event.pointerId)) return;
      pointers.set(event.pointerId, xIn(event.clientX));
      const {view, limits, width, onView} = state.current;
      const xs = [...pointers.values()].slice(0, 2);
      let span = view.end - view.start;
      if (xs.length === 2 && Math.abs(xs[1] - xs[0]) > 8) {
        span = Math.abs((gesture.at[1] - gesture.at[0]) / (xs[1] - xs[0])) * width;
      }
      const start = gesture.at[0] - xs[0] / width * span;
      onView(clamp({start, end: start + span}, limits));
    };
    const up = event => {
      pointers.delete(event.pointerId);
      begin();
    };
    const passive = {passive: false};
    element.addEventListener('wheel', wheel, passive);
    element.addEventListener('pointerdown', down);
    element.addEventListener('pointermove', move);
    element.addEventListener('pointerup', up);
    element.addEventListener('pointercancel', up);
    return () => {
      element.removeEventListener('wheel', wheel, passive);
      element.removeEventListener('pointerdown', down);
      element.removeEventListener('pointermove', move);
      element.removeEventListener('pointerup', up);
      element.removeEventListener('pointercancel', up);
    };
  }, []);
}

/** Changes with the colour scheme, so that the canvas is painted again. */
function useScheme() {
  const [dark, setDark] = useState(matchMedia('(prefers-color-scheme: dark)').matches);
  useEffect(() => {
    const query = matchMedia('(prefers-color-scheme: dark)');
    const listener = event => setDark(event.matches);
    query.addEventListener('change', listener);
    return () => query.removeEventListener('change', listener);
  }, []);
  return dark;
}

function paint(canvas, {lanes, view, zone, selection, width}) {
  const height = heightOf(lanes.length);
  const scale = devicePixelRatio || 1;
  const styles = getComputedStyle(canvas);
  const colour = name => styles.getPropertyValue(`--${name}`).trim();
  if (canvas.width !== Math.round(width * scale) || canvas.height !== Math.round(height * scale)) {
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  }
  const g = canvas.getContext('2d');
  g.setTransform(scale, 0, 0, scale, 0, 0);
  g.clearRect(0, 0, width, height);
  g.font = `${styles.fontSize} ${styles.fontFamily}`;
  g.textBaseline = 'middle';
  paintTicks(g, {view, zone, width, height, colour});
  lanes.forEach((lane, i) => paintLane(g, lane, AXIS + i * LANE + BAR_TOP, {view, width, colour}));
  paintSelection(g, {selection, view, width, height, colour});
}

function paintTicks(g, {view, zone, width, height, colour}) {
  let free = -Infinity;
  const marks = ticks(view, width, zone);
  const apart = marks.length > 1 ? xOf(marks[1].at, view, width) - xOf(marks[0].at, view, width) : width;
  for (const tick of marks) {
    const x = Math.round(xOf(tick.at, view, width)) + 0.5;
    g.strokeStyle = colour(tick.day ? 'line-strong' : 'line');
    g.beginPath();
    g.moveTo(x, AXIS - 6);
    g.lineTo(x, height);
    g.stroke();
    const size = g.measureText(tick.label).width;
    const left = Math.min(Math.max(x - size / 2, 4), width - size - 4);
    // a label at an edge is moved in, if it then still keeps its distance
    if (left > free && (Math.abs(left - x + size / 2) < 1 || apart > 1.9 * size)) {
      g.fillStyle = colour(tick.day ? 'text' : 'quiet');
      g.fillText(tick.label, left, AXIS / 2 - 2);
      free = left + size + 8;
    }
  }
}

/** Pixels: footage and gaps are at least so wide, however short they are. */
const LEAST = 2;

function paintLane(g, lane, top, {view, width, colour}) {
  const narrow = [];
  for (const run of within(lane.runs, view.start, view.end)) {
    // whole pixels, so that no seam shows between recordings that adjoin
    const left = Math.round(xOf(run.start, view, width));
    const size = Math.round(xOf(run.end, view, width)) - left;
    if (size >= LEAST) PAINTERS[run.kind](g, left, top, size, BAR, colour);
    else if (run.kind === 'footage' || run.kind === 'gap') narrow.push({kind: run.kind, left});
  }
  // over the long ones, which would hide them
  for (const {kind, left} of narrow) PAINTERS[kind](g, Math.min(left, width - LEAST), top, LEAST, BAR, colour);
}

/** Each kind has a shape of its own, so that they differ without colour too. */
const PAINTERS = {
  footage(g, left, top, size, high, colour) {
    g.fillStyle = colour('footage');
    g.fillRect(left, top, size, high);
  },
  gap(g, left, top, size, high, colour) {
    g.fillStyle = colour('surface');
    g.fillRect(left, top, size, high);
    g.save();
    g.beginPath();
    g.rect(left, top, size, high);
    g.clip();
    g.strokeStyle = colour('gap');
    g.lineWidth = 1.5;
    g.beginPath();
    const first = Math.floor((left - high) / 7) * 7;
    for (let x = first; x < left + size; x += 7) {
      g.moveTo(x, top + high);
      g.lineTo(x + high, top);
    }
    g.stroke();
    g.restore();
    g.strokeStyle = colour('gap');
    g.lineWidth = 1;
    g.strokeRect(left + 0.5, top + 0.5, Math.max(size - 1, 1), high - 1);
  },
  future(g, left, top, size, high, colour) {
    dashes(g, left, top + high / 2, size, colour('quiet'), [1, 5]);
  },
  expired(g, left, top, size, high, colour) {
    dashes(g, left, top + high / 2, size, colour('line-strong'), [12, 6]);
  },
  unknown(g, left, top, size, high, colour) {
    g.strokeStyle = colour('line-strong');
    g.lineWidth = 1;
    g.setLineDash([3, 3]);
    g.strokeRect(left + 0.5, top + 0.5, Math.max(size - 1, 0.5), high - 1);
    g.setLineDash([]);
  }
};

function dashes(g, left, y, size, stroke, pattern) {
  g.save();
  g.strokeStyle = stroke;
  g.lineWidth = 2;
  g.setLineDash(pattern);
  g.lineDashOffset = left % (pattern[0] + pattern[1]);
  g.beginPath();
  g.moveTo(left, y);
  g.lineTo(left + size, y);
  g.stroke();
  g.restore();
}

function paintSelection(g, {selection, view, width, height, colour}) {
  if (!Number.isFinite(selection.start) || !Number.isFinite(selection.end)) return;
  const left = Math.max(xOf(selection.start, view, width), 0);
  const right = Math.min(xOf(selection.end, view, width), width);
  if (right <= left) return;
  g.fillStyle = colour('selection');
  g.fillRect(left, AXIS, right - left, height - AXIS);
}

/** A swatch of the legend, painted like the lanes. */
export function Swatch({kind}) {
  const canvas = useRef(null);
  const scheme = useScheme();
  useLayoutEffect(() => {
    const element = canvas.current;
    const scale = devicePixelRatio || 1;
    element.width = 28 * scale;
    element.height = 16 * scale;
    const g = element.getContext('2d');
    g.scale(scale, scale);
    const styles = getComputedStyle(element);
    g.beginPath();
    g.rect(0, 0, 28, 16);
    g.clip();
    PAINTERS[kind](g, 0, 0, 28, 16, name => styles.getPropertyValue(`--${name}`).trim());
  }, [scheme, kind]);
  return html`<canvas class="swatch" ref=${canvas} aria-hidden="true"></canvas>`;
}
