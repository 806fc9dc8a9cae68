import { lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { env } from '@/lib/env';

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

/** The same name written in any of the ways that lead to the same place. */
function plainHost(host: string): string {
  return host
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase();
}

function isNamed(list: string, host: string): boolean {
  const names = list.split(',').map((one) => one.trim().toLowerCase());
  return names.includes('*') || names.includes(host);
}

/** Who may lead into a private network all the same: the operator names the hosts, apart for each purpose. */
const ALLOWED = {
  webhook: () => env().WAYBILL_WEBHOOK_PRIVATE_HOSTS,
  provider: () => env().WAYBILL_PROVIDER_PRIVATE_HOSTS ?? (env().NODE_ENV === 'production' ? '' : '*'),
};
export type GuardedPurpose = keyof typeof ALLOWED;

/** Whether the operator lets this host be reached wherever it leads. */
export function isAllowedHost(purpose: GuardedPurpose, host: string): boolean {
  return isNamed(ALLOWED[purpose](), plainHost(host));
}

/** What is wrong with a host before any network is asked; null when nothing is. */
export function refusedHost(purpose: GuardedPurpose, host: string): string | null {
  if (isAllowedHost(purpose, host)) return null;
  const plain = plainHost(host);
  // decimal, octal and short forms of IPv4 are addresses for the resolver, and for the URL parser
  const numeric =
    /^[\d.]+$|^0x/.test(plain) && URL.canParse(`http://${plain}`) ? new URL(`http://${plain}`).hostname : plain;
  if (isIP(numeric) !== 0 && isForbiddenAddress(numeric)) return 'leads into a private network';
  return /(^|\.)localhost$/.test(plain) ? 'leads to this machine' : null;
}

/** An error of a connection that was never tried, with the code that channels know. */
export function forbiddenHostError(host: string, why: string): Error {
  return Object.assign(new Error(`${host} ${why}`), { code: 'EFORBIDDENHOST' });
}

/** Resolves names, refuses one if any of its addresses is forbidden, and hands on the very ones that were checked. */
export function checkedLookup(purpose: GuardedPurpose): LookupFunction {
  return (hostname, options, done) => {
    lookup(hostname, { all: true, family: options.family, verbatim: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error || !first) return done(error ?? new Error(`${hostname} has no address`), '', 0);
      if (!isAllowedHost(purpose, hostname) && addresses.some(({ address }) => isForbiddenAddress(address))) {
        return done(forbiddenHostError(hostname, 'leads into a private network'), '', 0);
      }
      if (options.all) return done(null, addresses);
      return done(null, first.address, first.family);
    });
  };
}

const providerLookup = checkedLookup('provider');

/**
 * How a provider's host may be dialled: with the look-up that checks what it resolves to. Throws `EFORBIDDENHOST` for a
 * host that is refused by its very name.
 */
export function providerDialling(host: string): { lookup: LookupFunction } {
  const refusal = refusedHost('provider', host);
  if (refusal) throw forbiddenHostError(host, refusal);
  return { lookup: providerLookup };
}
