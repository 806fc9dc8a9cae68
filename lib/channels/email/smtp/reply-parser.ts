export interface SmtpReply {
  code: number;
  /** Text of all lines without their codes, joined by line feeds. */
  text: string;
}

const MAX_REPLY_CHARS = 64 * 1024;
const LINE = /^([2-5]\d\d)(?:([ -])(.*))?$/;

/** What the server said is not SMTP; nothing it says afterwards can be matched to a command. */
export class MalformedReply extends Error {}

function decode(latin1: string): string {
  for (let i = 0; i < latin1.length; i++) {
    if (latin1.charCodeAt(i) > 0x7f) return Buffer.from(latin1, 'latin1').toString('utf8');
  }
  return latin1;
}

/** Cuts a byte stream, split anywhere, into complete RFC 5321 replies; an incomplete one is never reported. */
export class ReplyParser {
  private rest = '';
  private lines: string[] = [];
  private code = 0;

  /** Whether bytes of an unfinished reply are waiting. */
  get hasPartial(): boolean {
    return this.rest.length > 0 || this.lines.length > 0;
  }

  /** Reports every reply completed by this chunk (a latin1 string); throws MalformedReply. */
  push(chunk: string, onReply: (reply: SmtpReply) => void): void {
    let buffer = this.rest === '' ? chunk : this.rest + chunk;
    this.rest = '';
    let start = 0;
    for (;;) {
      const end = buffer.indexOf('\n', start);
      if (end < 0) break;
      const stop = end > start && buffer.charCodeAt(end - 1) === 13 ? end - 1 : end;
      const line = buffer.slice(start, stop);
      start = end + 1;
      const match = LINE.exec(line);
      if (!match) throw new MalformedReply(`not an SMTP reply: ${decode(line.slice(0, 200))}`);
      const code = Number(match[1]);
      if (this.lines.length > 0 && code !== this.code) throw new MalformedReply('reply code changed between lines');
      if (match[2] === '-') {
        this.code = code;
        this.lines.push(match[3] ?? '');
        if (this.lines.length > 1000) throw new MalformedReply('endless reply');
        continue;
      }
      const last = match[3] ?? '';
      const text = decode(this.lines.length === 0 ? last : `${this.lines.join('\n')}\n${last}`);
      this.lines = [];
      this.rest = buffer.slice(start);
      onReply({ code, text });
      buffer = this.rest;
      this.rest = '';
      start = 0;
    }
    this.rest = start === 0 ? buffer : buffer.slice(start);
    if (this.rest.length > MAX_REPLY_CHARS) throw new MalformedReply('endless reply line');
  }
}
