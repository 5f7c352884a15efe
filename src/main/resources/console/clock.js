import {useEffect, useState} from './view.js';

/** The current time, refreshed every `period` milliseconds; 0 stops it. */
export function useNow(period = 1000) {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    if (!period) return undefined;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), period);
    return () => clearInterval(timer);
  }, [period]);
  return now;
}
