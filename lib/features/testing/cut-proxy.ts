import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface CutProxy {
  url: string;
  /** How often a connection was cut. */
  cuts(): number;
  close(): Promise<void>;
}

/** A statement is named when it is sent first, and called by its name (after the empty name of a portal) to be carried out. */
const NAMED_COMMIT = /P[\s\S]{4}([^\0]*)\0commit\0/;
const NAMED_RESULTS = /P[\s\S]{4}([^\0]*)\0[^\0]*update deliveries d set state/;

/** Tells whether what goes to the server commits results: their statement by itself, or the COMMIT after it; one for each connection. */
function commitWatch(): (chunk: Buffer) => boolean {
  let commit: string | undefined;
  let results: string | undefined;
  let opensTransactions = false;
  return (chunk) => {
    const text = chunk.toString('latin1');
    const isCalled = (name: string | undefined) => name !== undefined && text.includes(`\0${name}\0`);
    const committed = NAMED_COMMIT.exec(text)?.[1];
    commit ??= committed;
    results ??= NAMED_RESULTS.exec(text)?.[1];
    opensTransactions ||= /\0begin[^\0]*\0/.test(text);
    if (results === undefined) return false;
    return opensTransactions ? committed !== undefined || isCalled(commit) : isCalled(results);
  };
}

/**
 * Stands between us and PostgreSQL and resets the connection where results of messages are committed: before that arrives,
 * or after it was carried out and before its answer comes back. `wants` says at which.
 */
export async function cutProxy(databaseUrl: string, when: 'before' | 'after', wants: () => boolean): Promise<CutProxy> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let cuts = 0;
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    let isMute = false;
    const commits = commitWatch();
    const cut = () => {
      client.resetAndDestroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', cut);
      socket.on('close', () => {
        sockets.delete(socket);
        cut();
      });
    }
    client.on('data', (chunk) => {
      const strikes = commits(chunk) && !isMute && wants();
      if (strikes) cuts++;
      if (strikes && when === 'before') return cut();
      isMute ||= strikes;
      upstream.write(chunk);
    });
    upstream.on('data', (chunk) => {
      if (isMute) cut();
      else client.write(chunk);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = Object.assign(new URL(databaseUrl), { port: String((server.address() as AddressInfo).port) }).href;
  return {
    url,
    cuts: () => cuts,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
