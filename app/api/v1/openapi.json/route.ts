import { ROUTES } from '@/app/api/v1/route-table';
import { env } from '@/lib/env';
import { openApiDocument } from '@/lib/http/openapi';

export const dynamic = 'force-dynamic';

/** The description of the API, for anybody: it says nothing about any workspace. */
export function GET(): Response {
  return Response.json(openApiDocument(ROUTES, env().APP_URL), {
    headers: { 'cache-control': 'public, max-age=300', 'x-content-type-options': 'nosniff' },
  });
}
