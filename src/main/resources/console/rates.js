// Bytes a second of each camera, from its newest clip.
import {getJobs} from './api.js';
import {onChange} from './live.js';
import {store, useStore} from './store.js';
import {useEffect} from './view.js';

const SAMPLES = 5;

const rates = store(Object.create(null));

function rateOf(jobs) {
  const job = jobs.find(one => one.result?.bytes && one.result.durationInMs);
  return job && job.result.bytes / job.result.durationInMs * 1000;
}

async function read(camera) {
  try {
    const {jobs} = await getJobs({type: 'clip', cameraId: camera, status: 'DONE', limit: SAMPLES});
    rates.set(Object.assign(Object.create(null), rates.get(), {[camera]: rateOf(jobs)}));
  } catch {
    // the estimate is then as for a camera without clips
  }
}

/** {[cameraId]: bytes a second}, undefined where it is not known. */
export function useRates(ids) {
  useEffect(() => {
    ids.forEach(read);
    return onChange(({job}) => {
      if (job?.status === 'DONE' && ids.includes(job.subject)) read(job.subject);
    });
  }, [ids]);
  return useStore(rates);
}
