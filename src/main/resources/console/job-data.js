// Jobs as the page holds them: lists and single ones, kept up to date by the changes.
import {getJob, getJobs} from './api.js';
import {liveness, onChange} from './live.js';
import {useStore} from './store.js';
import {useCallback, useEffect, useRef, useState} from './view.js';

const GATHER = 400;
const MOST_PAGES = 4;

/** Runs a task at most once in a while: at once if it can, and once more for calls during the pause. */
function gathered(task) {
  let timer = 0;
  let again = false;
  const run = () => {
    if (timer) {
      again = true;
      return;
    }
    timer = setTimeout(() => {
      timer = 0;
      if (again) {
        again = false;
        run();
      }
    }, GATHER);
    task();
  };
  run.stop = () => clearTimeout(timer);
  return run;
}

function matches(job, query) {
  return (!query.type || query.type === job.type) && (!query.cameraId || query.cameraId === job.subject)
    && (!query.status || query.status.split(',').includes(job.status));
}

/** A page may hold fewer jobs than asked for; it is filled up from the next ones. */
async function getPage(query, signal) {
  const page = await getJobs(query, signal);
  for (let i = 1; i < MOST_PAGES && page.next && page.jobs.length < query.limit; i++) {
    const more = await getJobs({...query, next: page.next}, signal);
    page.jobs.push(...more.jobs);
    page.next = more.next;
  }
  return page;
}

/** The first page again, followed by the older jobs that were already read. */
function joined(page, before) {
  const fresh = new Set(page.map(job => job.jobId));
  const oldest = page.at(-1)?.createdAt ?? '';
  return [...page, ...before.filter(job => !fresh.has(job.jobId) && job.createdAt < oldest)];
}

/** A list by a query of GET /jobs: {jobs, state: 'loading' | 'ready' | 'failed', error, more}; more() reads on. */
export function useJobs(query) {
  const [list, setList] = useState({jobs: [], next: null, state: 'loading', error: null});
  const current = useRef(list);
  current.current = list;
  const text = JSON.stringify(query);

  useEffect(() => {
    const abort = new AbortController();
    setList({jobs: [], next: null, state: 'loading', error: null});
    let isFirst = true;
    const read = gathered(async () => {
      try {
        const page = await getPage(query, abort.signal);
        if (abort.signal.aborted) return;
        const before = isFirst ? [] : current.current.jobs;
        setList({
          jobs: joined(page.jobs, page.next ? before : []), state: 'ready', error: null,
          next: isFirst || before.length <= page.jobs.length ? page.next ?? null : current.current.next
        });
        isFirst = false;
      } catch (error) {
        if (error.name !== 'AbortError') setList({...current.current, state: 'failed', error});
      }
    });
    const stop = onChange(({job}) => {
      const known = job && current.current.jobs.some(one => one.jobId === job.jobId);
      if (known) {
        // one that no longer matches leaves the list
        setList(list => ({...list, jobs: list.jobs
          .map(one => (one.jobId === job.jobId ? {...one, ...job} : one))
          .filter(one => one.jobId !== job.jobId || matches(one, query))}));
      }
      if (!job || (!known && matches(job, query)) || (known && job.endedAt)) read();
    });
    read();
    return () => {
      stop();
      read.stop();
      abort.abort();
    };
  }, [text]);

  const more = useCallback(async () => {
    const {next} = current.current;
    try {
      const page = await getPage({...query, next});
      setList(list => ({...list, next: page.next ?? null, jobs: [...list.jobs, ...page.jobs]}));
    } catch (error) {
      setList(list => ({...list, error}));
    }
  }, [text]);
  return {...list, more: list.next ? more : null};
}

/** One job: {job, error, reload}. */
export function useJob(id) {
  const [found, setFound] = useState({job: null, error: null, retryAfter: 0, readAt: 0});
  const mode = useStore(liveness);
  const reload = useRef(() => {});

  useEffect(() => {
    const abort = new AbortController();
    setFound({job: null, error: null, retryAfter: 0, readAt: 0});
    const read = gathered(async () => {
      try {
        const got = await getJob(id, abort.signal);
        setFound({...got, error: null, readAt: Date.now()});
      } catch (error) {
        if (error.name !== 'AbortError') setFound(before => ({...before, error, readAt: Date.now()}));
      }
    });
    reload.current = read;
    const stop = onChange(({job}) => {
      if (job && job.jobId !== id) return;
      // what the event holds is shown at once, the rest when it is read
      if (job) setFound(before => (before.job ? {...before, job: {...before.job, ...job}} : before));
      read();
    });
    read();
    return () => {
      stop();
      read.stop();
      abort.abort();
    };
  }, [id]);

  // without a stream, the answer says when to ask again
  useEffect(() => {
    if (mode === 'live' || !found.retryAfter) return undefined;
    const timer = setTimeout(() => reload.current(), found.retryAfter * 1000);
    return () => clearTimeout(timer);
  }, [mode, found.readAt, found.retryAfter]);
  return {job: found.job, error: found.error, reload: () => reload.current(), show: job => setFound({...found, job})};
}
