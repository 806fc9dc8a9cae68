import './async-storage';
import cluster from 'node:cluster';
import { createServer } from 'node:http';
import { availableParallelism } from 'node:os';
import next from 'next';
import { env } from '@/lib/env';
import { describeError } from '@/lib/errors';
import { nodeHandler } from '@/lib/http/node-handler';
import { hostGuard } from '@/lib/http/public-host';
import { MACHINE_ROUTES } from './machine-routes';
import { keepProcesses } from './web-processes';

/** The web process: pages by Next, and the API, tracking and provider webhooks by the same handlers without its router. */
async function serve(): Promise<void> {
  const [port = '3000', hostname] = process.argv.slice(2);
  const app = next({ dev: false, dir: process.cwd(), port: Number(port), ...(hostname && { hostname }) });
  await app.prepare();
  const pages = app.getRequestHandler();
  const machines = nodeHandler(MACHINE_ROUTES);
  const isElsewhere = hostGuard(env());
  const server = createServer((req, res) => {
    const serve = async () => {
      if (isElsewhere(req, res)) return;
      if (!(await machines(req, res))) await pages(req, res);
    };
    serve().catch((error: unknown) => {
      console.error(JSON.stringify({ level: 'error', at: `${req.method} ${req.url}`, detail: describeError(error) }));
      if (!res.headersSent) res.writeHead(500, { 'content-type': 'text/plain' });
      res.end('Something went wrong on our side.');
    });
  });
  // longer than proxies keep theirs, so that it is never us who hang up on a request under way
  server.keepAliveTimeout = 75_000;
  server.listen(Number(port), hostname);
  const stop = () => {
    server.close(() => process.exit(0));
    server.closeIdleConnections();
    setTimeout(() => process.exit(0), 8_000).unref();
  };
  process.once('SIGTERM', stop).once('SIGINT', stop);
}

const ENOUGH = 4;

/** Half of the cores, because database and worker want theirs. */
function processes(): number {
  return env().WAYBILL_WEB_PROCESSES ?? Math.min(ENOUGH, Math.max(1, Math.floor(availableParallelism() / 2)));
}

async function main(): Promise<void> {
  if (cluster.isPrimary && processes() > 1) keepProcesses(processes());
  else await serve();
}

main().catch((error: unknown) => {
  console.error(describeError(error));
  process.exit(1);
});
