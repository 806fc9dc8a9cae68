import { isIP } from 'node:net';

/** The address the request came from as our proxy saw it: the last entry of X-Forwarded-For, or null. */
export function clientAddress(forwardedFor: string | null): string | null {
  const forwarded = forwardedFor?.split(',').at(-1)?.trim() ?? '';
  const address = forwarded.replace(/^\[([^\]]+)\](?::\d+)?$/, '$1').replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1');
  return isIP(address) ? address : null;
}
