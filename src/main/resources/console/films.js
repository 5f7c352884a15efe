import {go} from './address.js';
import {useJobs} from './job-data.js';
import {JobList} from './job-list.js';
import {plain, Plain} from './plain.js';
import {settings} from './settings.js';
import {useStore} from './store.js';
import {addFiles, cancelUpload, findAgain, isBusy, removeUpload, retryUpload, uploads} from './uploads.js';
import {html} from './view.js';
import {bytes} from './words.js';

const NEWEST = {type: 'transcode', limit: 20};

/** Uploads of films, and the newest jobs that make streams of them. */
export function FilmsPage() {
  const found = useJobs(NEWEST);
  const all = useStore(uploads);
  const choose = event => {
    addFiles(event.target.files);
    // so that the same file can be chosen again
    event.target.value = '';
  };
  return html`
    <main id="main">
      <h1 tabindex="-1">Films</h1>
      <section class="card">
        <h2>Upload</h2>
        <div class="field">
          <label for="films">Files</label>
          <input id="films" class="files" type="file" multiple accept="video/*,audio/*" aria-describedby="films-note"
            onChange=${choose} />
          <div class="note" id="films-note">Each film becomes an encrypted stream. It may have up to ${
            bytes(settings.maxUploadBytes)}.</div>
        </div>
        ${all.length > 0 && html`<ul class="uploads" aria-label="Uploads">${all.map(one =>
          html`<${Upload} key=${one.id} upload=${one} />`)}</ul>`}
      </section>
      <section class="card">
        <h2>Newest films</h2>
        <${JobList} ...${found} rows=${5} same empty="No film was uploaded yet." />
      </section>
    </main>`;
}

const WORDS = {
  waiting: 'Waiting for other uploads.', sending: 'Uploading.', finding: 'Sent. Looking for its job.',
  cancelled: 'Cancelled.'
};

function Upload({upload}) {
  const {id, file, state, sent, jobId, message} = upload;
  const name = plain(file.name);
  const percent = Math.floor(100 * sent / file.size);
  const action = {
    waiting: ['Cancel', cancelUpload], sending: ['Cancel', cancelUpload], failed: ['Try again', retryUpload],
    cancelled: ['Try again', retryUpload], lost: ['Look again', findAgain]
  }[state];
  const remove = () => {
    removeUpload(id);
    document.getElementById('films').focus();
  };
  return html`
    <li class=${state}>
      <span class="name"><${Plain} text=${name} /></span>
      <span class="much">${state === 'sending' && `${percent} %, ${bytes(sent)} of `}${bytes(file.size)}</span>
      ${isBusy(upload) && html`<progress max="100" value=${state === 'finding' ? 100 : percent}
        aria-label=${`Upload of ${name}`}></progress>`}
      <p class=${message ? 'said error' : 'said'} role="status">${state === 'done'
        ? html`Uploaded. <a href=${`#job=${encodeURIComponent(jobId)}`} onClick=${event => {
          event.preventDefault();
          go({job: jobId});
        }}>Watch it become a stream</a>` : message ?? WORDS[state]}</p>
      <div class="buttons">
        ${action && html`<button class="button" aria-label=${`${action[0]}: ${name}`} onClick=${() => action[1](id)}>${
          action[0]}</button>`}
        ${!isBusy(upload) && html`<button class="button" aria-label=${`Remove from the list: ${name}`}
          onClick=${remove}>Remove</button>`}
      </div>
    </li>`;
}
