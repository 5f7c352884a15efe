/** Reads text/event-stream piece by piece: feed(text) returns the events that it completes. */
export function eventReader() {
  let rest = '';
  let event = {type: 'message', data: []};
  const seen = {lastId: '', retry: 0};

  function line(text, events) {
    if (text === '') {
      if (event.data.length) events.push({type: event.type, data: event.data.join('\n'), id: seen.lastId});
      event = {type: 'message', data: []};
      return;
    }
    const [, name, value] = /^([^:]*):? ?(.*)$/s.exec(text);
    if (name === 'event') event.type = value;
    if (name === 'data') event.data.push(value);
    if (name === 'id' && !value.includes('\0')) seen.lastId = value;
    if (name === 'retry' && /^\d+$/.test(value)) seen.retry = Number(value);
  }

  return {
    seen,
    feed(text) {
      const events = [];
      const lines = (rest + text).split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop();
      for (const one of lines) line(one, events);
      return events;
    }
  };
}
