import { createHmac } from 'node:crypto';

export interface StatusCallback {
  url: string;
  form: Record<string, string>;
}

const CONCURRENCY = 8;
const TRIES = 5;

/** Twilio's signature: HMAC-SHA1 over the URL and the sorted form fields, keyed by the account's token. */
export function signTwilioCallback(url: string, form: Record<string, string>, token: string): string {
  const fields = Object.keys(form).sort();
  return createHmac('sha1', token)
    .update(url + fields.map((name) => name + form[name]).join(''))
    .digest('base64');
}

/** Reports message statuses to the addresses their senders gave, a few at a time, in order, with a few tries each. */
export class StatusCallbacks {
  delivered = 0;
  failed = 0;
  private readonly token: string;
  private readonly queue: StatusCallback[] = [];
  private running = 0;
  private readonly stop = new AbortController();

  constructor(token: string) {
    this.token = token;
  }

  push(callback: StatusCallback): void {
    if (this.stop.signal.aborted || !/^https?:\/\//.test(callback.url)) return;
    this.queue.push(callback);
    if (this.running < CONCURRENCY) void this.run();
  }

  close(): void {
    this.queue.length = 0;
    this.stop.abort();
  }

  private async run(): Promise<void> {
    this.running++;
    for (let next = this.queue.shift(); next; next = this.queue.shift()) {
      if (await this.report(next)) this.delivered++;
      else this.failed++;
    }
    this.running--;
  }

  private async report({ url, form }: StatusCallback): Promise<boolean> {
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': signTwilioCallback(url, form, this.token),
    };
    const body = new URLSearchParams(form).toString();
    for (let attempt = 1; attempt <= TRIES && !this.stop.signal.aborted; attempt++) {
      const signal = AbortSignal.any([this.stop.signal, AbortSignal.timeout(10_000)]);
      const status = await fetch(url, { method: 'POST', headers, body, signal }).then(
        (response) => response.body?.cancel().then(() => response.status) ?? response.status,
        () => 0,
      );
      if (status >= 200 && status < 300) return true;
      if (status >= 400 && status < 500 && status !== 429) return false;
      await new Promise((resolve) => setTimeout(resolve, 200 * 2 ** attempt).unref());
    }
    return false;
  }
}
