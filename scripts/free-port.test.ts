import net from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findPort, isPortFree, waitForPort } from './free-port';

describe('a port', () => {
  let taken: net.Server;
  let port = 0;

  beforeEach(async () => {
    taken = net.createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const address = taken.address();
    port = address && typeof address === 'object' ? address.port : 0;
  });
  afterEach(() => {
    taken.close();
  });

  it('that is taken is passed over for the next free one', async () => {
    expect(await isPortFree(port)).toBe(false);
    expect(await findPort(port)).toBeGreaterThan(port);
  });

  it('that somebody insists on is refused in one sentence', async () => {
    await expect(findPort(port, true)).rejects.toThrow(`Port ${port} is taken`);
    await expect(findPort(70_000, true)).rejects.toThrow('is not a port');
  });

  it('that nobody opens is not waited for without end', async () => {
    await waitForPort(port, 1000, 'The server');
    await new Promise((resolve) => taken.close(resolve));
    await expect(waitForPort(port, 120, 'The server')).rejects.toThrow('The server did not answer');
  });
});
