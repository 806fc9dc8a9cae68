export interface SmtpExtensions {
  pipelining: boolean;
  startTls: boolean;
  eightBitMime: boolean;
  smtpUtf8: boolean;
  /** Largest message in bytes; 0 when not told. */
  sizeLimit: number;
  /** RFC 9422 MAILMAX: messages per connection; Infinity when not told. */
  mailMax: number;
  auth: string[];
}

/** Reads the extensions out of an EHLO reply (RFC 5321 §4.1.1.1); an empty text is a server that speaks only HELO. */
export function parseExtensions(ehloText: string): SmtpExtensions {
  const found: SmtpExtensions = {
    pipelining: false,
    startTls: false,
    eightBitMime: false,
    smtpUtf8: false,
    sizeLimit: 0,
    mailMax: Number.POSITIVE_INFINITY,
    auth: [],
  };
  for (const line of ehloText.split('\n').slice(1)) {
    const [keyword = '', ...params] = line
      .trim()
      .toUpperCase()
      .split(/[\s=]+/);
    if (keyword === 'PIPELINING') found.pipelining = true;
    else if (keyword === 'STARTTLS') found.startTls = true;
    else if (keyword === '8BITMIME') found.eightBitMime = true;
    else if (keyword === 'SMTPUTF8') found.smtpUtf8 = true;
    else if (keyword === 'SIZE') found.sizeLimit = Number.parseInt(params[0] ?? '0', 10) || 0;
    else if (keyword === 'AUTH') found.auth.push(...params);
    else if (keyword === 'LIMITS') {
      const at = params.indexOf('MAILMAX');
      const max = at < 0 ? Number.NaN : Number.parseInt(params[at + 1] ?? '', 10);
      if (max > 0) found.mailMax = max;
    }
  }
  return found;
}
