/** A path of this app to go to after signing in, or `/` for anything that could lead elsewhere. */
export function safeReturnTo(value: unknown): string {
  if (typeof value !== 'string' || value.length > 2000) return '/';
  if (!/^\/(?![/\\])[\x21-\x7e]*$/.test(value) || value.includes('\\')) return '/';
  return /^\/(sign-in|api\/auth|demo|setup)(\/|\?|$)/.test(value) ? '/' : value;
}
