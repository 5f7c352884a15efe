import {acceptToken, canSignIn, hasSecureContext, signIn} from './auth.js';
import {Field} from './field.js';
import {settings} from './settings.js';
import {html, useState} from './view.js';

/** Ways in: the issuer's page, or a pasted token. */
export function SignIn({error}) {
  const [token, setToken] = useState('');
  const [wrong, setWrong] = useState(null);
  const [leaving, setLeaving] = useState(false);
  const ready = canSignIn();
  const why = !settings.clientId ? null : !hasSecureContext()
    ? 'Sign-in needs HTTPS. A token can be used without it.' : 'The issuer cannot be reached. A token can be used meanwhile.';
  const leave = () => {
    if (leaving) return;
    setLeaving(true);
    signIn().catch(failure => {
      setLeaving(false);
      setWrong(failure.message);
    });
  };
  return html`
    <main id="main" class="door">
      <h1 tabindex="-1">Sign in</h1>
      <section class="card">
        ${error && html`<p class="error" role="alert">${error}</p>`}
        ${ready && html`<button class="button primary wide" aria-disabled=${leaving ? 'true' : undefined} onClick=${leave}>Sign in</button>
          <p class="or"><span>or</span></p>`}
        ${!ready && why && html`<p>${why}</p>`}
        <form noValidate onSubmit=${event => {
          event.preventDefault();
          setWrong(acceptToken(token));
        }}>
          <${Field} id="token" label="Token" class="mono" value=${token} error=${wrong}
            hint="It stays in this page and is gone when the page is closed." onInput=${event => {
              setToken(event.target.value);
              setWrong(null);
            }} />
          <button class=${`button wide${ready ? '' : ' primary'}`} disabled=${!token.trim()}>Use the token</button>
        </form>
      </section>
    </main>`;
}
