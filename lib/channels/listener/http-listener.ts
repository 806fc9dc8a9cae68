import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { describeError } from '@/lib/errors';

export interface HttpRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: string;
  socket: Socket;
}

export interface HttpAnswer {
  status: number;
  headers?: Record<string, string>;
  json?: unknown;
  /** Instead of `json`: a body as it is. */
  text?: string;
  /** `reset` cuts the connection instead of answering; `truncate` cuts it in the middle of the body; `hang` stays silent. */
  fault?: 'reset' | 'truncate' | 'hang';
  delayMs?: number;
}

export interface HttpListener {
  port: number;
  close(): Promise<void>;
}

const MAX_BODY_BYTES = 64 * 1024 * 1024;

async function readBody(request: IncomingMessage, encoding: 'utf8' | 'latin1'): Promise<string> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of request) {
    sizeBytes += chunk.length;
    if (sizeBytes > MAX_BODY_BYTES) throw new Error('body too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString(encoding);
}

function write(response: ServerResponse, socket: Socket, answer: HttpAnswer): void {
  if (answer.fault === 'hang') return;
  if (answer.fault === 'reset') return void socket.resetAndDestroy();
  const text = answer.text ?? JSON.stringify(answer.json ?? null);
  const type = answer.text === undefined ? 'application/json' : 'text/plain; charset=utf-8';
  const length = String(Buffer.byteLength(text));
  response.writeHead(answer.status, { 'content-type': type, 'content-length': length, ...answer.headers });
  if (answer.fault !== 'truncate') return void response.end(text);
  response.write(text.slice(0, Math.floor(text.length / 2)), () => socket.resetAndDestroy());
}

/** A small JSON-over-HTTP server, whose bodies are text in `encoding`; what `handle` throws becomes a 500 with its message. */
export async function listenHttp(
  port: number,
  host: string,
  handle: (request: HttpRequest) => Promise<HttpAnswer> | HttpAnswer,
  encoding: 'utf8' | 'latin1' = 'utf8',
): Promise<HttpListener> {
  const server = createServer(async (request, response) => {
    const { socket } = request;
    response.on('error', () => socket.destroy());
    try {
      const url = new URL(request.url ?? '/', 'http://localhost');
      const body = await readBody(request, encoding);
      const { headers, method = 'GET' } = request;
      const answer = await handle({ method, path: url.pathname, query: url.searchParams, headers, body, socket });
      if (answer.delayMs) await new Promise((resolve) => setTimeout(resolve, answer.delayMs));
      write(response, socket, answer);
    } catch (error) {
      if (!response.headersSent) write(response, socket, { status: 500, json: { message: describeError(error) } });
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
