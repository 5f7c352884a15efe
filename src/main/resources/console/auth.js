// Sign-in by an OIDC code flow with PKCE, or with a pasted token. Tokens are in the memory of this page only.
import {challengeOf, claimsOf, random} from './pkce.js';
import {store} from './store.js';

const STARTED = 'camclips.sign-in';
const PAGE = new URL('../', import.meta.url).href;
const EARLY = 60_000;
const LONGEST_TIMER = 2 ** 31 - 1;

/** state: 'starting', 'off' (the API is open), 'out' or 'in'; error: why it is out; name: who is in. */
export const session = store({state: 'starting', error: null, name: null});

let config = {};
let tokens = null;
let renewing = null;
let timer = 0;

export const canSignIn = () =>
  Boolean(config.authorizationEndpoint && config.tokenEndpoint && config.clientId && globalThis.crypto?.subtle);

export const hasSecureContext = () => Boolean(globalThis.crypto?.subtle);

/** Reads the settings and, after a redirect from the issuer, redeems the code. Returns the hash to restore, if any. */
export async function startSession(settings) {
  config = settings;
  if (config.auth === 'off') {
    session.set({state: 'off', error: null, name: null});
    return null;
  }
  const answer = new URLSearchParams(location.search);
  if (!answer.has('state') || !(answer.has('code') || answer.has('error'))) {
    end(null);
    return null;
  }
  const started = JSON.parse(sessionStorage.getItem(STARTED) ?? 'null');
  sessionStorage.removeItem(STARTED);
  history.replaceState(null, '', PAGE + (started?.hash ?? ''));
  try {
    await redeem(answer, started);
  } catch (error) {
    end(error.message);
  }
  return started?.hash ?? '';
}

async function redeem(answer, started) {
  if (!started || started.state !== answer.get('state')) {
    throw new Error('This answer does not belong to a sign-in of this tab. Sign in again.');
  }
  if (answer.has('iss') && config.issuer && answer.get('iss') !== config.issuer) {
    throw new Error('The answer comes from another issuer.');
  }
  if (answer.has('error')) {
    throw new Error(`The issuer refused the sign-in: ${answer.get('error_description') ?? answer.get('error')}`);
  }
  await exchange({
    grant_type: 'authorization_code', code: answer.get('code'), redirect_uri: PAGE, code_verifier: started.verifier
  }, started.nonce);
}

async function exchange(form, nonce) {
  if (!config.tokenEndpoint) throw new Error('The issuer cannot be reached. Sign in again.');
  let response;
  try {
    response = await fetch(config.tokenEndpoint, {
      method: 'POST', body: new URLSearchParams({...form, client_id: config.clientId}), credentials: 'omit'
    });
  } catch {
    throw new Error('The issuer cannot be reached.');
  }
  const got = await response.json().catch(() => ({}));
  if (!response.ok || !got.access_token) {
    throw new Error(`The issuer gave no token: ${got.error_description ?? got.error ?? `status ${response.status}`}`);
  }
  const identity = got.id_token ? claimsOf(got.id_token) : null;
  if (nonce && identity && identity.nonce !== nonce) {
    throw new Error('The token does not belong to this sign-in.');
  }
  begin({
    access: got.access_token,
    refresh: got.refresh_token ?? form.refresh_token ?? null,
    endsAt: got.expires_in ? Date.now() + got.expires_in * 1000 : endOf(got.access_token),
    name: nameOf(identity) ?? nameOf(claimsOf(got.access_token)) ?? tokens?.name ?? null
  });
}

const endOf = token => (claimsOf(token)?.exp ?? Infinity) * 1000;

const nameOf = claims => claims?.name ?? claims?.preferred_username ?? claims?.email ?? claims?.sub ?? null;

function begin(next) {
  tokens = next;
  clearTimeout(timer);
  const left = tokens.endsAt - Date.now();
  if (Number.isFinite(left)) {
    const wait = tokens.refresh ? left - EARLY : left;
    timer = setTimeout(() => bearer().catch(() => {}), Math.min(Math.max(wait, 0), LONGEST_TIMER));
  }
  session.set({state: 'in', error: null, name: tokens.name});
}

function end(error) {
  tokens = null;
  clearTimeout(timer);
  session.set({state: 'out', error, name: null});
}

/** A token for the next request; null if the API is open or nobody is signed in. */
export async function bearer() {
  if (!tokens) return null;
  const left = tokens.endsAt - Date.now();
  if (tokens.refresh && left < EARLY) {
    renewing ??= exchange({grant_type: 'refresh_token', refresh_token: tokens.refresh})
      .catch(error => (tokens && tokens.endsAt <= Date.now() ? end(error.message) : null))
      .finally(() => { renewing = null; });
    await renewing;
  } else if (left <= 0) {
    end('Your sign-in has ended. Sign in again; this view stays.');
  }
  return tokens?.access ?? null;
}

/** The service refused a token. */
export function refused(token) {
  if (session.get().state === 'off') return;
  if (!token || token === tokens?.access) end(token ? 'The service refused the token. Sign in again.' : null);
}

export async function signIn() {
  const started = {state: random(), nonce: random(), verifier: random(), hash: location.hash};
  sessionStorage.setItem(STARTED, JSON.stringify(started));
  const url = new URL(config.authorizationEndpoint);
  const query = {
    response_type: 'code', client_id: config.clientId, redirect_uri: PAGE, scope: config.scopes || 'openid',
    state: started.state, nonce: started.nonce, code_challenge: await challengeOf(started.verifier),
    code_challenge_method: 'S256'
  };
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  location.assign(url);
}

/** Uses a token that somebody pasted. Returns why it cannot be used, or null. */
export function acceptToken(text) {
  const token = text.trim().replace(/^Bearer\s+/i, '');
  if (!/^[\w.~+/=-]+$/.test(token)) return 'It must be a token, without spaces.';
  if (endOf(token) <= Date.now()) return 'This token has expired.';
  begin({access: token, refresh: null, endsAt: endOf(token), name: nameOf(claimsOf(token))});
  return null;
}

export function signOut() {
  end(null);
  if (config.logout) location.assign(config.logout);
}
