import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { NextRequest } from 'next/server';
import type { Answer, Answering, Asked } from '@/lib/http/exchange';
import { METHODS } from '@/lib/http/openapi';
import { refuseAddress } from '@/lib/http/problem';
import { MAX_BODY_BYTES, tooLarge } from '@/lib/http/read-input';

type Handler = (
  request: NextRequest,
  context: { params: Promise<Record<string, string>> },
) => Response | Promise<Response>;
/** Path with `{names}` for what varies, to its handlers by method. */
export type HandlerTable = Readonly<Record<string, Partial<Record<string, unknown>>>>;

interface Place {
  fixed: Map<string, Place>;
  varying: { name: string; place: Place } | null;
  handlers: Partial<Record<string, unknown>> | null;
}

const newPlace = (): Place => ({ fixed: new Map(), varying: null, handlers: null });

function treeOf(table: HandlerTable): Place {
  const root = newPlace();
  for (const [path, handlers] of Object.entries(table)) {
    let at = root;
    for (const word of path.split('/').slice(1)) {
      const name = /^\{(\w+)\}$/.exec(word)?.[1];
      if (name) {
        at.varying ??= { name, place: newPlace() };
        at = at.varying.place;
      } else {
        const next = at.fixed.get(word) ?? newPlace();
        at.fixed.set(word, next);
        at = next;
      }
    }
    at.handlers = handlers;
  }
  return root;
}

/** A fixed word wins over a name, as in the specification of OpenAPI and in Next's router. */
function find(at: Place, words: readonly string[], n: number, params: Record<string, string>): Place | null {
  const word = words[n];
  if (word === undefined) return at.handlers ? at : null;
  const fixed = at.fixed.get(word);
  const found = fixed && find(fixed, words, n + 1, params);
  if (found) return found;
  if (!at.varying || word === '') return null;
  const ended = find(at.varying.place, words, n + 1, params);
  if (ended) params[at.varying.name] = decodeURIComponent(word);
  return ended;
}

function hasBody({ headers }: IncomingMessage): boolean {
  const length = headers['content-length'];
  return length === undefined ? headers['transfer-encoding'] !== undefined : length !== '0';
}

/** The body in memory, up to what is taken of any: what is more is let pass, so that the refusal reaches who sends it. */
function wholeBody(req: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    req.on('data', (chunk: Buffer) => {
      size += chunk.byteLength;
      if (size <= MAX_BODY_BYTES) chunks.push(chunk);
      else {
        chunks.length = 0;
        reject(tooLarge());
      }
    });
    req.once('end', () => resolve(Buffer.concat(chunks)));
    req.once('error', reject);
  });
}

/** With its body as it comes in, or as it was read already. */
function requestOf(req: IncomingMessage, url: URL, read: Buffer<ArrayBuffer> | null = null): NextRequest {
  const headers = new Headers();
  const { rawHeaders: raw, method = 'GET' } = req;
  for (let n = 0; n < raw.length; n += 2) headers.append(raw[n] ?? '', raw[n + 1] ?? '');
  if (!headers.has('x-forwarded-for')) headers.set('x-forwarded-for', req.socket.remoteAddress ?? '');
  const body = method !== 'GET' && method !== 'HEAD' && hasBody(req) ? (read ?? Readable.toWeb(req)) : null;
  return new NextRequest(url, {
    method,
    headers,
    ...(body !== null && { body: body as unknown as BodyInit, duplex: 'half' as const }),
  });
}

function askedOf(req: IncomingMessage, url: URL): Asked {
  // a body is read once, by its text or by the Request: whoever comes second gets it from the first
  let made: NextRequest | null = null;
  let read: Buffer<ArrayBuffer> | null = null;
  return {
    method: req.method ?? 'GET',
    url,
    header: (name) => {
      const value = req.headers[name];
      if (value !== undefined) return typeof value === 'string' ? value : value.join(', ');
      return name === 'x-forwarded-for' ? (req.socket.remoteAddress ?? '') : null;
    },
    hasBody: hasBody(req),
    text: async () => {
      if (!hasBody(req)) return '';
      if (made) return await made.text();
      read = await wholeBody(req);
      return new TextDecoder().decode(read);
    },
    request: () => {
      made ??= requestOf(req, url, read);
      return made;
    },
  };
}

function sendAnswer({ status, headers, body }: Answer, res: ServerResponse, isHead: boolean): void {
  const length = body === null ? null : typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength;
  res.writeHead(status, length === null ? headers : { ...headers, 'content-length': length });
  res.end(isHead ? undefined : (body ?? undefined));
}

/** Writes and, when the other side is slow, waits until it has taken it or has gone. */
async function writePiece(res: ServerResponse, piece: Uint8Array | undefined): Promise<void> {
  if (piece === undefined || res.write(piece) || res.destroyed) return;
  await new Promise<void>((resolve) => {
    const go = () => {
      res.off('drain', go).off('close', go);
      resolve();
    };
    res.on('drain', go).on('close', go);
  });
}

async function send(response: Response, res: ServerResponse, isHead: boolean): Promise<void> {
  res.statusCode = response.status;
  for (const [name, value] of response.headers) if (name !== 'set-cookie') res.setHeader(name, value);
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) res.setHeader('set-cookie', cookies);
  const reader = response.body?.getReader();
  if (!reader || isHead) {
    await reader?.cancel();
    res.end();
    return;
  }
  res.on('close', () => void reader.cancel().catch(() => undefined));
  const first = await reader.read();
  const second = first.done ? first : await reader.read();
  if (second.done) {
    // most answers are one piece: with its length it needs no chunks
    if (first.value) res.setHeader('content-length', first.value.byteLength);
    res.end(first.value);
    return;
  }
  await writePiece(res, first.value);
  await writePiece(res, second.value);
  for (let piece = await reader.read(); !piece.done && !res.destroyed; piece = await reader.read()) {
    await writePiece(res, piece.value);
  }
  res.end();
}

function urlOf(req: IncomingMessage): URL | null {
  const { url: target = '/', headers } = req;
  if (!target.startsWith('/') || target.includes('//')) return null;
  const url = `http://${headers.host ?? 'localhost'}${target}`;
  return URL.canParse(url) ? new URL(url) : null;
}

function placeOf(root: Place, pathname: string, params: Record<string, string>): Place | null | 'damaged' {
  try {
    return find(root, pathname.split('/').slice(1), 0, params);
  } catch (error) {
    // a stray % in a path
    if (error instanceof URIError) return 'damaged';
    throw error;
  }
}

/** What is said to a method that a path does not take (RFC 9110 §15.5.6), and to who asks for those it takes. */
function otherMethod(method: string, handlers: Partial<Record<string, unknown>>): Answer {
  const own = METHODS.filter((one) => typeof handlers[one] === 'function');
  const allow = [...own, ...(own.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ');
  if (method === 'OPTIONS') return { status: 204, headers: { allow }, body: null };
  return refuseAddress('not_allowed', `This address takes ${allow}, not ${method}. Nothing was done.`, { allow });
}

/**
 * Serves the table's paths straight from Node's HTTP server, with the very handlers that Next would call; answers false
 * for whatever is not in it, which is then Next's. A handler made by `handlerOf` gets no Request and makes no Response:
 * that is a tenth of what the same costs through Next's router.
 */
export function nodeHandler(table: HandlerTable): (req: IncomingMessage, res: ServerResponse) => Promise<boolean> {
  const root = treeOf(table);
  return async (req, res) => {
    const url = urlOf(req);
    if (!url) return false;
    const params: Record<string, string> = {};
    const place = placeOf(root, url.pathname, params);
    const { method = 'GET' } = req;
    const isHead = method === 'HEAD';
    if (place === 'damaged') {
      sendAnswer(refuseAddress('not_found', 'This address is damaged: a % in it stands for nothing.'), res, isHead);
      return true;
    }
    const handlers = place?.handlers;
    if (!handlers) return false;
    const handler = handlers[method] ?? (isHead ? handlers.GET : undefined);
    if (typeof handler !== 'function') {
      sendAnswer(otherMethod(method, handlers), res, isHead);
      return true;
    }
    const answer =
      'answering' in handler
        ? await (handler.answering as Answering)(askedOf(req, url), params)
        : await (handler as Handler)(requestOf(req, url), { params: Promise.resolve(params) });
    if (answer instanceof Response) await send(answer, res, isHead);
    else sendAnswer(answer, res, isHead);
    return true;
  };
}
