// Written so that PostgreSQL reads them as we do.
/** Security gateways, link checkers and scripts, which name themselves; Apple Mail fetches everything in advance as plain Mozilla/5.0. */
export const MACHINE_AGENT =
  'bot|crawl|spider|scan|preview|proofpoint|mimecast|barracuda|safelinks|fireeye|symantec|python|curl|wget|headless|go-http|okhttp|^mozilla/5\\.0$';
/** Gmail and Yahoo fetch every picture through a proxy, when it is read or before: nobody can tell. */
export const PROXY_AGENT = 'googleimageproxy|ggpht|yahoomailproxy';
/** Nobody reads a message within this time of its acceptance. */
export const TOO_QUICK_MS = 5_000;
