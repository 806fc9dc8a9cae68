// Written so that PostgreSQL reads them as we do.
/** Security gateways, link checkers and scripts, which name themselves; Apple Mail fetches everything in advance as plain Mozilla/5.0. */
export const MACHINE_AGENT =
  'bot|crawl|spider|scan|preview|proofpoint|mimecast|barracuda|safelinks|fireeye|symantec|python|curl|wget|headless|go-http|okhttp|^mozilla/5\\.0$';
/** Gmail and Yahoo fetch every picture through a proxy, when it is read or before: nobody can tell. */
export const PROXY_AGENT = 'googleimageproxy|ggpht|yahoomailproxy';
/** Nobody reads a message within this time of its acceptance. */
export const TOO_QUICK_MS = 5_000;

type HitBy = 'person' | 'machine' | 'unknown';

const machine = new RegExp(MACHINE_AGENT, 'i');
const proxy = new RegExp(PROXY_AGENT, 'i');

/** Who made an open or click of a message that was accepted then; `hitKind` of the reports says the same in SQL. */
export function hitBy({ userAgent, at }: { userAgent: string | null; at: Date }, acceptedAt: Date | null): HitBy {
  if (!userAgent) return 'unknown';
  if (machine.test(userAgent)) return 'machine';
  if (acceptedAt && at.getTime() < acceptedAt.getTime() + TOO_QUICK_MS) return 'machine';
  return proxy.test(userAgent) ? 'unknown' : 'person';
}
