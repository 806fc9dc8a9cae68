import net from 'node:net';

function canListen(port: number, host?: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code !== 'EADDRINUSE' && error.code !== 'EACCES'),
    );
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** Whether nobody listens on this port, neither on loopback nor on all interfaces. */
export async function isPortFree(port: number): Promise<boolean> {
  for (const host of ['127.0.0.1', '::1', undefined]) if (!(await canListen(port, host))) return false;
  return true;
}

/** A port the system gives; taken again by nobody for a while, but not reserved. */
export function anyFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address && typeof address === 'object') resolve(address.port);
        else reject(new Error('The system gave no free port.'));
      });
    });
  });
}

/** The first free port from `preferred` on. With `insist` only that one: throws a sentence if it is taken. */
export async function findPort(preferred: number, insist = false): Promise<number> {
  if (!Number.isInteger(preferred) || preferred < 1 || preferred > 65535) {
    throw new Error(`«${preferred}» is not a port: use a number from 1 to 65535.`);
  }
  for (let port = preferred; port <= Math.min(preferred + 200, 65535); port++) {
    if (await isPortFree(port)) return port;
    if (insist)
      throw new Error(
        `Port ${port} is taken or not allowed for this user. Stop what uses it, or choose another with --port.`,
      );
  }
  return anyFreePort();
}

/** Resolves when something accepts connections there; rejects with a sentence after `timeoutMs` or when `signal` aborts. */
export async function waitForPort(port: number, timeoutMs: number, what: string, signal?: AbortSignal): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    signal?.throwIfAborted();
    const open = await new Promise<boolean>((resolve) => {
      const socket = net.connect({ port, host: '127.0.0.1' });
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
      socket.once('close', () => resolve(false)).setTimeout(1000, () => socket.destroy());
      socket.once('connect', () => socket.destroy());
    });
    if (open) return;
    if (Date.now() > deadline) throw new Error(`${what} did not answer on port ${port} within ${timeoutMs / 1000} s.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
