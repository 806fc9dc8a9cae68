/** Talks to /api/auth from a browser. Every way it can end is a value, none is an exception. */
export type SignInOutcome = { kind: 'signed_in' } | { kind: 'mailed' } | { kind: 'refused'; message: string };

const REFUSED: Record<string, string> = {
  CredentialsSignin:
    'This address and this password do not belong together. Check both, or leave the password empty to get a link by mail.',
  EmailSignin:
    'The link could not be mailed just now. Nothing was changed; try again in a minute, or use your password.',
  AccessDenied: 'This account cannot be signed in to. Ask an owner of your workspace.',
};

function refusal(error: string): SignInOutcome {
  const wait = /TooMany-(\d+)/.exec(error)?.[1];
  if (wait) {
    const seconds = Number(wait);
    const span = seconds > 90 ? `${Math.ceil(seconds / 60)} minutes` : `${seconds} seconds`;
    return { kind: 'refused', message: `Too many tries in a short time. Try again in ${span}.` };
  }
  const message = REFUSED[error] ?? 'Signing in did not work, and we do not know why. Try again in a minute.';
  return { kind: 'refused', message };
}

async function post(path: string, fields: Record<string, string>): Promise<URL> {
  const csrf = await fetch('/api/auth/csrf', { cache: 'no-store' });
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const response = await fetch(`/api/auth/${path}`, {
    method: 'POST',
    body: new URLSearchParams({ ...fields, csrfToken, json: 'true' }),
  });
  const { url } = (await response.json()) as { url: string };
  return new URL(url, window.location.origin);
}

const OFFLINE: SignInOutcome = {
  kind: 'refused',
  message: 'The server cannot be reached. Check your connection, then try again.',
};

async function attempt(path: string, fields: Record<string, string>, done: SignInOutcome): Promise<SignInOutcome> {
  try {
    const url = await post(path, fields);
    const error = url.searchParams.get('error') ?? (url.searchParams.has('csrf') ? 'csrf' : null);
    return error ? refusal(error) : done;
  } catch {
    return OFFLINE;
  }
}

/** Signs in with a password; the session cookie is set when it returns `signed_in`. */
export function signInWithPassword(email: string, password: string): Promise<SignInOutcome> {
  return attempt('callback/password', { email, password, callbackUrl: '/' }, { kind: 'signed_in' });
}

/** Asks for a link by mail that leads to `returnTo`. The answer is the same whether the account exists or not. */
export function requestSignInLink(email: string, returnTo: string): Promise<SignInOutcome> {
  return attempt('signin/email', { email, callbackUrl: returnTo }, { kind: 'mailed' });
}
