import { handlerOf } from '@/lib/http/exchange';
import { refuseAddress } from '@/lib/http/problem';

/** Whatever is asked for that no operation has is answered like any other error of the API, not by a page. */
const nothingHere = handlerOf(async ({ method, url }) => {
  const detail = `There is nothing at ${method} ${url.pathname.slice(0, 200)}. The operations are told at /developers.`;
  return refuseAddress('not_found', detail);
});

export { nothingHere as DELETE, nothingHere as GET, nothingHere as PATCH, nothingHere as POST, nothingHere as PUT };
