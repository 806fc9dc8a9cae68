/** Where a request came from, as sessions and limits keep it. */
export interface RequestOrigin {
  ip: string | null;
  userAgent: string | null;
}

/**
 * The address nearest to us in X-Forwarded-For: the one our own proxy, or Next itself, wrote. Anything left of it is
 * the caller's claim.
 */
export function clientIp(headers: Headers): string | null {
  const nearest = headers.get('x-forwarded-for')?.split(',').at(-1)?.trim() ?? '';
  return /^[0-9a-fA-F.:]{2,45}$/.test(nearest) ? nearest.toLowerCase().replace(/^::ffff:/, '') : null;
}

export function requestOrigin(headers: Headers): RequestOrigin {
  return { ip: clientIp(headers), userAgent: headers.get('user-agent')?.slice(0, 300) ?? null };
}

/** The key limits count by: one IPv4 address, or the /64 that one IPv6 customer holds. */
export function networkOf(ip: string | null): string {
  if (!ip?.includes(':')) return ip ?? 'unknown';
  const [head = '', tail] = ip.split('::');
  const groups = head.split(':').filter(Boolean);
  const missing = tail === undefined ? 0 : Math.max(0, 8 - groups.length - tail.split(':').filter(Boolean).length);
  const all = [...groups, ...Array<string>(missing).fill('0'), ...(tail?.split(':').filter(Boolean) ?? [])];
  return `${all
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}
