import { lookup } from 'node:dns';
import { type ClientRequest, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { env } from '@/lib/env';
import { describeError } from '@/lib/errors';

export interface GuardedPost {
  url: string;
  headers: Record<string, string>;
  body: string;
  timeoutMs: number;
}
/** `status` is null when there was no complete answer; the body of an answer is not looked at. */
export type GuardedAnswer = { status: number; retryAfter: string | null } | { status: null; text: string };

// IANA special-purpose address registries: nothing there is a customer's public endpoint
const FORBIDDEN: [string, number, 'ipv4' | 'ipv6'][] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.0.2.0', 24, 'ipv4'],
  ['192.88.99.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['198.51.100.0', 24, 'ipv4'],
  ['203.0.113.0', 24, 'ipv4'],
  ['224.0.0.0', 4, 'ipv4'],
  ['240.0.0.0', 4, 'ipv4'],
  ['::', 96, 'ipv6'],
  ['64:ff9b::', 96, 'ipv6'],
  ['64:ff9b:1::', 48, 'ipv6'],
  ['100::', 64, 'ipv6'],
  ['2001::', 23, 'ipv6'],
  ['2001:db8::', 32, 'ipv6'],
  ['2002::', 16, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
  ['fec0::', 10, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
];
const forbidden = new BlockList();
for (const [address, prefix, family] of FORBIDDEN) forbidden.addSubnet(address, prefix, family);

/** Whether an IP address is one that a request on somebody else's behalf must not reach. */
export function isForbiddenAddress(address: string): boolean {
  const family = isIP(address);
  return family === 0 || forbidden.check(address, family === 4 ? 'ipv4' : 'ipv6');
}

const hostOf = (url: URL) => url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');

function isPrivateHost(host: string): boolean {
  const named = env()
    .WAYBILL_WEBHOOK_PRIVATE_HOSTS.split(',')
    .map((one) => one.trim().toLowerCase());
  return named.includes(host.toLowerCase());
}

/** What is wrong with an address before any network is asked; null when nothing is. */
export function refusedUrl(text: string): string | null {
  if (!URL.canParse(text)) return 'is not an address';
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'must begin with https://';
  if (url.username || url.password) return 'must not hold a user name or password';
  const host = hostOf(url);
  if (isPrivateHost(host)) return null;
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
  if (port < 1024 && port !== 443 && port !== 80) return 'must use port 443, 80 or one above 1023';
  if (isIP(host) !== 0 && isForbiddenAddress(host)) return 'leads into a private network';
  return /(^|\.)localhost$/i.test(host) ? 'leads to this machine' : null;
}

/** Resolves a name, refuses it if any of its addresses is forbidden, and hands on the very ones that were checked. */
const checkedLookup: LookupFunction = (hostname, options, done) => {
  lookup(hostname, { all: true, family: options.family, verbatim: true }, (error, addresses) => {
    const [first] = addresses ?? [];
    if (error || !first) return done(error ?? new Error(`${hostname} has no address`), '', 0);
    if (!isPrivateHost(hostname) && addresses.some(({ address }) => isForbiddenAddress(address))) {
      return done(new Error(`${hostname} leads into a private network`), '', 0);
    }
    if (options.all) return done(null, addresses);
    return done(null, first.address, first.family);
  });
};

const MAX_ANSWER_BYTES = 64 * 1024;

function settleBy(request: ClientRequest, timeoutMs: number, body: string): Promise<GuardedAnswer> {
  return new Promise((resolve) => {
    const fail = (error: unknown) => {
      clearTimeout(timer);
      resolve({ status: null, text: describeError(error).slice(0, 300) });
    };
    const timer = setTimeout(() => request.destroy(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
    request.on('error', fail);
    request.once('response', (response) => {
      let bytes = 0;
      const answer = { status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] ?? null };
      const finish = () => {
        clearTimeout(timer);
        resolve(answer);
      };
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes <= MAX_ANSWER_BYTES) return;
        finish();
        request.destroy();
      });
      response.on('error', fail);
      response.on('end', finish);
    });
    request.end(body);
  });
}

/**
 * One POST to an address that somebody else chose. Never into a private network: names are resolved, checked and
 * connected to at the checked address (no second look-up); redirects are not followed. Does not throw.
 */
export async function postGuarded({ url, headers, body, timeoutMs }: GuardedPost): Promise<GuardedAnswer> {
  const refusal = refusedUrl(url);
  if (refusal) return { status: null, text: `The address ${refusal}.` };
  const send = url.startsWith('https:') ? httpsRequest : httpRequest;
  const length = String(Buffer.byteLength(body));
  const request = send(url, {
    method: 'POST',
    headers: { ...headers, 'content-length': length },
    lookup: checkedLookup,
    agent: false,
  });
  return await settleBy(request, timeoutMs, body);
}
