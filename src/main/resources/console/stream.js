// One video element that plays the stream of a job, by hls.js or, in browsers without Media Source Extensions, by itself.
import {BASE, createPlaylistToken, open, sentence} from './api.js';

const LIBRARY = new URL('hls/hls.light.min.js', import.meta.url);
const WORKER = new URL('hls/hls.worker.js', import.meta.url);
const PLAYLIST = 'application/vnd.apple.mpegurl';
/** A playlist token or a signed link has ended; both are in the playlists, which are then read again. */
const ENDED = [401, 403];
const BROKEN = 'The connection broke. Trying again …';
const PAUSE = 2000;
const MOST_FAILURES = 5;
/** Seconds of played film that are kept, so that a long one does not fill the memory. */
const BACK = 90;
/** Seconds that are loaded ahead of the place at most: a film of few bytes would be loaded as a whole. */
const AHEAD = 60;

let loading = null;

/** hls.js, which is loaded with the first stream; null if this browser cannot use it. */
async function library() {
  if (!globalThis.MediaSource) return null;
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.onload = () => resolve(globalThis.Hls);
    script.onerror = () => {
      loading = null;
      script.remove();
      reject(new Error('The player cannot be loaded.'));
    };
    script.src = LIBRARY;
    document.head.append(script);
  });
  const Hls = await loading;
  return Hls.isSupported() ? Hls : null;
}

/** A playlist token that is replaced when half of its life is over; the last one is good for as long again. */
function tokenOf(jobId, signal) {
  let known = null;
  let asked = null;
  const renew = () => {
    asked ??= createPlaylistToken(jobId, signal)
      .then(got => { known = {...got, renewAt: Date.now() + got.life / 2}; })
      .finally(() => { asked = null; });
    return asked;
  };
  return {
    renew,
    async current() {
      if (!known || Date.now() >= known.renewAt) {
        await renew().catch(error => { if (!known) throw error; });
      }
      return known;
    }
  };
}

/** The link of a playlist with the newest token; links to the bucket have none. */
function withToken(link, token) {
  const url = new URL(link);
  if (url.href.startsWith(BASE.href) && url.searchParams.has('token')) url.searchParams.set('token', token);
  return url.href;
}

/**
 * Plays the stream of a job; returns {stop}.
 *
 * at: seconds; onTrouble(message) is called with null when it plays again.
 */
export function playStream(jobId, video, at, onTrouble) {
  const abort = new AbortController();
  const {signal} = abort;
  const token = tokenOf(jobId, signal);
  let hls = null;
  let failures = 0;
  let failedAt = 0;
  let timer = 0;
  let startedAt = at;

  const fail = message => {
    clearTimeout(timer);
    hls?.destroy();
    hls = null;
    onTrouble(message);
  };

  const failed = () => {
    failures++;
    failedAt = video.currentTime;
  };

  /** Reading on is not enough: a part that is always refused would be requested for ever. */
  const worked = () => {
    onTrouble(null);
    if (Math.abs(video.currentTime - failedAt) > 1) failures = 0;
  };

  async function begin(seconds, isPlaying) {
    startedAt = seconds;
    try {
      const {url} = await token.current();
      const playlist = new URL(url.replace(/^\//, ''), BASE).href;
      const Hls = await library();
      if (signal.aborted) return;
      if (Hls) beginWith(Hls, playlist, seconds);
      else beginWithout(playlist, seconds);
      if (isPlaying) video.play().catch(() => {});
    } catch (error) {
      if (!signal.aborted) fail(sentence(error.message));
    }
  }

  /** With a new token and new playlists; keeps the place. */
  async function beginAgain() {
    clearTimeout(timer);
    const {paused} = video;
    const place = video.readyState ? video.currentTime : startedAt;
    hls?.destroy();
    hls = null;
    failed();
    try {
      await token.renew();
    } catch (error) {
      if (!signal.aborted) fail(sentence(error.message));
      return;
    }
    if (!signal.aborted) await begin(place, !paused);
  }

  function beginWith(Hls, playlist, seconds) {
    const own = new Hls({
      workerPath: WORKER.href, startPosition: seconds, backBufferLength: BACK, maxMaxBufferLength: AHEAD,
      xhrSetup: async (request, link) => request.open('GET', withToken(link, (await token.current()).token))
    });
    hls = own;
    let repairs = 0;
    own.on(Hls.Events.FRAG_BUFFERED, worked);
    own.on(Hls.Events.ERROR, (event, {type, fatal, response, error}) => {
      if (hls !== own) return;
      const status = response?.code;
      if (ENDED.includes(status) && failures < MOST_FAILURES) {
        beginAgain();
      } else if (status === 401) {
        fail('The service refuses its own playlist tokens. PLAYLIST_SECRET may differ between processes.');
      } else if (!fatal) {
        // hls.js goes on by itself; while a buffer is played, there is nothing to say
        if (type === Hls.ErrorTypes.NETWORK_ERROR && video.readyState < video.HAVE_FUTURE_DATA) onTrouble(BROKEN);
      } else if (type === Hls.ErrorTypes.NETWORK_ERROR && !status && failures < MOST_FAILURES) {
        failed();
        onTrouble(BROKEN);
        timer = setTimeout(() => (own.levels.length ? own.startLoad() : own.loadSource(playlist)), PAUSE);
      } else if (type === Hls.ErrorTypes.MEDIA_ERROR && repairs++ === 0) {
        own.recoverMediaError();
      } else {
        explain(type === Hls.ErrorTypes.NETWORK_ERROR, status, error);
      }
    });
    own.loadSource(playlist);
    own.attachMedia(video);
  }

  /** The playlist's own problem says more than what hls.js has of it. */
  async function explain(isNetwork, status, error) {
    fail('The stream cannot be played.');
    const message = await open(`/jobs/${encodeURIComponent(jobId)}/playlist.m3u8`, {
      headers: {Accept: `${PLAYLIST}, application/problem+json`}, signal
    }).then(() => null, problem => problem.message);
    if (signal.aborted) return;
    if (message) fail(sentence(message));
    else if (!isNetwork) fail(sentence(`The stream cannot be played: ${error?.message ?? 'it cannot be decoded'}`));
    else if (status) fail(`A part of the stream cannot be read (status ${status}).`);
    else fail('The bucket cannot be reached, or does not allow this page to play (CORS).');
  }

  function beginWithout(playlist, seconds) {
    if (!video.canPlayType(PLAYLIST)) throw new Error('This browser cannot play streams (HLS).');
    video.onloadedmetadata = () => { video.currentTime = seconds; };
    video.ontimeupdate = worked;
    // browsers do not say why; an old token is the one cause that a new beginning removes
    video.onerror = () => {
      if (failures) fail(sentence(`The stream cannot be played: ${video.error?.message || 'this browser cannot decode it'}`));
      else beginAgain();
    };
    video.src = playlist;
  }

  begin(at, false);
  return {
    stop() {
      abort.abort();
      clearTimeout(timer);
      hls?.destroy();
      hls = null;
      video.onerror = null;
      video.removeAttribute('src');
      video.load();
    }
  };
}
