import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface CutProxy {
  url: string;
  /** How often a connection was cut. */
  cuts(): number;
  close(): Promise<void>;
}

/** A statement is named when it is sent first, and called by its name afterwards. */
const NAMED_COMMIT = /P[\s\S]{4}([^\0]*)\0commit\0/;

/** Tells whether what goes to the server carries out a COMMIT; one for each connection. */
function commitWatch(): (chunk: Buffer) => boolean {
  let name: string | undefined;
  return (chunk) => {
    const text = chunk.toString('latin1');
    const named = NAMED_COMMIT.exec(text)?.[1];
    name ??= named;
    return named !== undefined || (name !== undefined && text.includes(`\0${name}\0`));
  };
}

/**
 * Stands between us and PostgreSQL and resets the connection at a COMMIT: before it arrives, or after it was carried out
 * and before its answer comes back. `wants` says at which; of those only on connections that also sent results of
 * messages, because health and progress are committed beside them.
 */
export async function cutProxy(databaseUrl: string, when: 'before' | 'after', wants: () => boolean): Promise<CutProxy> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let cuts = 0;
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    let isMute = false;
    const commits = commitWatch();
    let hasResults = false;
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
      hasResults ||= chunk.includes('update deliveries d set state');
      const strikes = commits(chunk) && hasResults && !isMute && wants();
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
