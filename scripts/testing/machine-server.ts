import '../async-storage';
import { createServer } from 'node:http';
import { nodeHandler } from '@/lib/http/node-handler';
import { MACHINE_ROUTES } from '../machine-routes';

const machines = nodeHandler(MACHINE_ROUTES);

/** The web process without its pages, for tests that kill it: says `ready` when it listens on the port it is given. */
createServer((req, res) => {
  machines(req, res).then(
    (isDone) => isDone || res.writeHead(404).end(),
    (error: unknown) => res.writeHead(500).end(String(error)),
  );
}).listen(Number(process.argv[2]), '127.0.0.1', () => process.stdout.write('ready'));
