// Pictures of a camera, a few at a time.
import {getPicture} from './api.js';

const PATIENCE = 150;
const MOST_AT_ONCE = 2;
const TRIES = 3;
const BUSY = 429;

/**
 * Reads the picture that is looked at, once the look rests. At most two requests are under way; older ones are aborted.
 *
 * onPicture({camera, at, state: 'shown' | 'none', url, frameAt}) is called for the last look only. Its URL is valid until
 * the next one.
 */
export function pictureReader(width, onPicture) {
  const running = [];
  let timer = 0;
  let latest = null;
  let shown = null;

  const show = picture => {
    if (shown?.url) URL.revokeObjectURL(shown.url);
    shown = picture;
    onPicture(picture);
  };

  const read = async (look, tries = 1) => {
    while (running.length >= MOST_AT_ONCE) running.shift().abort();
    const abort = new AbortController();
    running.push(abort);
    try {
      const query = {at: new Date(look.at).toISOString(), width};
      const {blob, frameAt} = await getPicture(look.camera, query, abort.signal);
      if (look === latest) show({...look, state: 'shown', url: URL.createObjectURL(blob), frameAt});
    } catch (error) {
      if (error.name === 'AbortError' || look !== latest) return;
      if (error.status === BUSY && tries < TRIES) timer = setTimeout(() => read(look, tries + 1), 1000 * (error.retryAfter || 1));
      else show({...look, state: 'none'});
    } finally {
      const at = running.indexOf(abort);
      if (at >= 0) running.splice(at, 1);
    }
  };

  return {
    /** look: {camera, at}, or null for none. The same look again does nothing. */
    look(look) {
      if (look && look.camera === latest?.camera && look.at === latest.at) return;
      clearTimeout(timer);
      latest = look;
      const isShown = look && shown?.state === 'shown' && look.camera === shown.camera && look.at === shown.at;
      if (look && !isShown) timer = setTimeout(() => read(look), PATIENCE);
    },
    stop() {
      clearTimeout(timer);
      latest = null;
      running.splice(0).forEach(abort => abort.abort());
      if (shown?.url) URL.revokeObjectURL(shown.url);
      shown = null;
    }
  };
}
