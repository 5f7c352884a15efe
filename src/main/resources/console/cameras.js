import {getCameras} from './api.js';
import {plain} from './plain.js';
import {shownZone} from './settings.js';
import {store} from './store.js';

const MOST_PAGES = 25;

/** {list, byId, state: 'loading' | 'ready' | 'failed', error} */
export const cameras = store({list: [], byId: new Map(), state: 'loading', error: null});

export async function loadCameras() {
  const list = [];
  let next;
  try {
    for (let page = 0; page < MOST_PAGES; page++) {
      const got = await getCameras({limit: 1000, next});
      list.push(...got.cameras);
      next = got.next;
      if (!next) break;
    }
    list.sort((a, b) => nameOf(a).localeCompare(nameOf(b), 'en', {numeric: true}));
    cameras.set({list, byId: new Map(list.map(one => [one.cameraId, one])), state: 'ready', error: null});
  } catch (error) {
    cameras.set({...cameras.get(), state: 'failed', error});
  }
}

const nameOf = camera => camera.name || camera.cameraId;

export const cameraOf = id => cameras.get().byId.get(id);
export const cameraName = id => plain(cameraOf(id)?.name || id);
export const zoneOf = id => shownZone(cameraOf(id));
