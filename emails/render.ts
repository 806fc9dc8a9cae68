import { ContentError } from '@/lib/domain/content-error';
import { assertHeaderText } from '@/lib/domain/escape';
import {
  compileMergeTags,
  compileUrl,
  limitLength,
  limitOutput,
  type MergeFrame,
  type ReadText,
} from '@/lib/domain/merge-tags-eval';
import { parseMergeTags } from '@/lib/domain/merge-tags-parse';
import type { EmailTemplate } from '@/lib/domain/template';
import { plainTextOf } from './campaign/plain-text';
import { type MessageFrame, putPieces, writePieces } from './compile/assemble';
import { type PreparedBodies, prepareBodies } from './compile/bodies';
import type { CompiledEmail } from './compile/instructions';
import { layOut } from './compile/lay-out';
import { MarkTable } from './compile/marks';
import {
  assertExtraHeader,
  assertHttpUrl,
  dateHeader,
  extraHeaderLines,
  mailbox,
  messageIdHeader,
  plainMailbox,
  textHeader,
} from './mime/headers';
import { MimeBuffer } from './mime/mime-buffer';

export type { CompiledEmail } from './compile/instructions';

export interface CompileOptions {
  trackLinks: boolean;
  trackOpens: boolean;
  /** Where pictures given as a path live. */
  baseUrl: string;
  postalAddress: string;
  brand: { name: string; logoUrl?: string };
}

export interface Envelope {
  from: { email: string; name?: string };
  replyTo?: { email: string; name?: string };
}

export interface EmailToRender {
  to: string;
  toName?: string;
  /** The member's frozen snapshot: contact fields and attributes by key. */
  values: Readonly<Record<string, unknown>>;
  /** `local@domain`, with or without angle brackets. */
  messageId: string;
  date: Date;
  unsubscribeUrl: string;
  preferencesUrl?: string;
  viewUrl?: string;
  /** A tracked link is `${clickBase}/${index}`. Without it links lead straight to their destination. */
  clickBase?: string;
  openUrl?: string;
  extraHeaders?: Readonly<Record<string, string>>;
  /** Marks copies for seed recipients, for example `[Seed] `. */
  subjectPrefix?: string;
}

export interface RenderedHead {
  from: string;
  replyTo?: string;
  subject: string;
  headers: Record<string, string>;
}

export interface RenderedParts extends RenderedHead {
  html: string;
  text: string;
}

/** A compiled email made fast for one sender; lives in memory only. */
export interface PreparedEmail extends PreparedBodies {
  readonly compiled: CompiledEmail;
  readonly envelope: Envelope;
  readonly subject: ReadText;
  readonly head: string;
}

// Quoted-printable never contains "=_", so no body can contain the boundary.
const BOUNDARY = '=_waybill';
const PART = (type: string) =>
  `--${BOUNDARY}\r\nContent-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n`;
const TEXT_PART = Buffer.from(`\r\n\r\n${PART('text/plain')}`);
const HTML_PART = Buffer.from(PART('text/html'));
const END = Buffer.from(`--${BOUNDARY}--\r\n`);
// One byte may become three in quoted-printable, and there are two parts.
const ENCODING_GROWTH = 6;
const REACT_COMMENT = /<!--(?: |\/?\$|html|head|body)?-->/g;

/** Renders a valid template once for all contacts. The result is plain data for a frozen campaign version. */
export async function compileEmail(template: EmailTemplate, options: CompileOptions): Promise<CompiledEmail> {
  const marks = new MarkTable();
  const locale = template.language;
  const blocks = layOut(template, marks, { locale, baseUrl: options.baseUrl });
  const subject = parseMergeTags(template.subject);
  const { theme } = template;
  // loaded with the first version that needs it: half a second of every start otherwise
  const { renderCampaign } = await import('./campaign/render-campaign');
  const html = await renderCampaign({
    language: locale,
    title: marks.text(subject),
    preheader: marks.text(parseMergeTags(template.preheader)),
    blocks,
    theme,
    brand: options.brand,
    tail: options.trackOpens ? marks.write({ pixel: true }) : '',
  });
  const text = plainTextOf(blocks, theme.header === 'none' ? '' : options.brand.name);
  return {
    format: 1,
    locale,
    subject,
    html: marks.split(html.replace(REACT_COMMENT, '')),
    text: marks.split(text),
    links: marks.links,
    isTrackingLinks: options.trackLinks,
    isTrackingOpens: options.trackOpens,
    workspace: { name: options.brand.name, postalAddress: options.postalAddress },
  };
}

/** Encodes everything the messages of a run have in common. Throws `ContentError` if the sender cannot stand in a header. */
export function prepareEmail(compiled: CompiledEmail, envelope: Envelope): PreparedEmail {
  const { from, replyTo } = envelope;
  const head = [mailbox('From', from.email, from.name)];
  if (replyTo) head.push(mailbox('Reply-To', replyTo.email, replyTo.name));
  head.push('MIME-Version: 1.0', `Content-Type: multipart/alternative;\r\n boundary="${BOUNDARY}"`);
  const subject = compileMergeTags(compiled.subject, compiled.locale, (text) => text);
  return {
    compiled,
    envelope,
    subject,
    head: head.join('\r\n'),
    ...prepareBodies(compiled),
  };
}

/**
 * Puts the whole message into `out`, ready for the wire: CRLF, lines of at most 76 (addresses of links in headers
 * aside), no line starting with a dot, RFC 8058 one-click headers. Pure: the same input gives the same bytes. Throws
 * `ContentError`.
 */
export function putMime(prepared: PreparedEmail, message: EmailToRender, out: MimeBuffer): void {
  const frame = frameOf(prepared, message);
  const unsubscribe = assertHttpUrl(message.unsubscribeUrl, 'unsubscribe link');
  let head = `${prepared.head}\r\n${mailbox('To', message.to, message.toName)}\r\n${textHeader('Subject', subjectText(prepared, frame, message))}\r\n${dateHeader(message.date)}\r\n${messageIdHeader(message.messageId)}\r\nList-Unsubscribe: <${unsubscribe}>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click`;
  if (message.extraHeaders) for (const line of extraHeaderLines(message.extraHeaders)) head += `\r\n${line}`;
  const { html, text } = prepared.mimeBodies(frame.clickBase !== '');
  out.clear();
  out.text(head);
  out.copy(TEXT_PART);
  putPieces(text, frame, out, 'ascii');
  out.copy(HTML_PART);
  putPieces(html, frame, out, 'ascii');
  out.copy(END);
  limitLength(out.length, ENCODING_GROWTH);
}

/** The whole message as `putMime` puts it, in a buffer of its own. */
export function renderMime(prepared: PreparedEmail, message: EmailToRender): Buffer {
  const out = new MimeBuffer();
  putMime(prepared, message, out);
  return Buffer.from(out.view());
}

/** The same message in parts, for providers that build the MIME themselves. Pure. Throws `ContentError`. */
export function renderParts(prepared: PreparedEmail, message: EmailToRender): RenderedParts {
  const frame = frameOf(prepared, message);
  const { html, text } = prepared.bodies(frame.clickBase !== '');
  const { from, replyTo, subject, headers } = headOf(prepared, frame, message);
  return {
    from,
    ...(replyTo !== undefined && { replyTo }),
    subject,
    html: limitOutput(writePieces(html, frame)),
    text: limitOutput(writePieces(text, frame)),
    headers,
  };
}

/**
 * The same parts with the two long ones put into `out` as they stand in JSON, byte for byte what `JSON.stringify` makes
 * of them: what all messages have in common is escaped and encoded once. Pure. Throws `ContentError`.
 */
export function putJson(prepared: PreparedEmail, message: EmailToRender, out: MimeBuffer): RenderedHead {
  const frame = frameOf(prepared, message);
  const { html, text } = prepared.jsonBodies(frame.clickBase !== '');
  const head = headOf(prepared, frame, message);
  out.clear();
  out.ascii('"html":"');
  putPieces(html, frame, out, 'text');
  out.ascii('","text":"');
  putPieces(text, frame, out, 'text');
  out.ascii('"');
  limitLength(out.length, ENCODING_GROWTH);
  return head;
}

function headOf(prepared: PreparedEmail, frame: MessageFrame, message: EmailToRender): RenderedHead {
  const { from, replyTo } = prepared.envelope;
  const headers: Record<string, string> = {
    'List-Unsubscribe': `<${assertHttpUrl(message.unsubscribeUrl, 'unsubscribe link')}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  };
  for (const [name, value] of Object.entries(message.extraHeaders ?? {})) {
    assertExtraHeader(name, value);
    headers[name] = value;
  }
  return {
    from: plainMailbox('From', from.email, from.name),
    ...(replyTo && { replyTo: plainMailbox('Reply-To', replyTo.email, replyTo.name) }),
    subject: subjectText(prepared, frame, message),
    headers,
  };
}

export interface PreviewOptions extends Omit<CompileOptions, 'trackLinks' | 'trackOpens'> {
  unsubscribeUrl?: string;
  preferencesUrl?: string;
}

/** What this contact would read: the same compilation and the same filling as a real message, with nothing tracked. */
export async function previewEmail(
  template: EmailTemplate,
  values: Readonly<Record<string, unknown>>,
  options: PreviewOptions,
): Promise<{ subject: string; html: string; text: string }> {
  const compiled = await compileEmail(template, { ...options, trackLinks: false, trackOpens: false });
  const prepared = prepareEmail(compiled, { from: { email: 'preview@localhost' } });
  const base = options.baseUrl.replace(/\/$/, '');
  const { subject, html, text } = renderParts(prepared, {
    to: 'preview@localhost',
    values,
    messageId: 'preview@localhost',
    date: new Date(0),
    unsubscribeUrl: options.unsubscribeUrl ?? `${base}/unsubscribe/preview`,
    preferencesUrl: options.preferencesUrl ?? `${base}/preferences/preview`,
  });
  return { subject, html, text };
}

/** Where the link at `index` leads for this contact, or null if there is no such link. Throws `ContentError`. */
export function linkDestination(
  compiled: CompiledEmail,
  index: number,
  values: Readonly<Record<string, unknown>>,
): string | null {
  const link = compiled.links[index];
  return link ? compileUrl(link.url, compiled.locale)({ values, reserved: workspaceFields(compiled) }) : null;
}

function workspaceFields({ workspace }: CompiledEmail) {
  return { 'workspace.name': workspace.name, 'workspace.postal_address': workspace.postalAddress };
}

function frameOf({ compiled }: PreparedEmail, message: EmailToRender): MessageFrame {
  return {
    values: message.values,
    reserved: {
      'workspace.name': compiled.workspace.name,
      'workspace.postal_address': compiled.workspace.postalAddress,
      unsubscribe_url: message.unsubscribeUrl,
      preferences_url: message.preferencesUrl,
      view_url: message.viewUrl,
    },
    clickBase: message.clickBase === undefined ? '' : assertHttpUrl(message.clickBase, 'click link'),
    openUrl: message.openUrl === undefined ? '' : assertHttpUrl(message.openUrl, 'open pixel'),
  };
}

function subjectText(prepared: PreparedEmail, frame: MergeFrame, message: EmailToRender): string {
  const subject = assertHeaderText(prepared.subject(frame), 'Subject').trim();
  if (subject === '') throw new ContentError('The subject would be empty for this contact.');
  return message.subjectPrefix ? message.subjectPrefix + subject : subject;
}
