import { serve } from 'inngest/next';
import type { NextRequest } from 'next/server';
import { env, usesInngestServer } from '@/lib/env';
import { inngest } from '@/lib/jobs/client';
import { functions } from '@/lib/jobs/functions';

type Handlers = ReturnType<typeof serve>;
let handlers: Handlers | undefined;

/** For a real Inngest only; the embedded engine calls the functions inside the worker and needs no endpoint. */
function handler(method: 'GET' | 'POST' | 'PUT') {
  return async (request: NextRequest, context: unknown): Promise<Response> => {
    if (!usesInngestServer()) return new Response('Not found', { status: 404 });
    handlers ??= serve({
      client: inngest(),
      functions: functions(),
      serveOrigin: env().APP_URL,
      enableUnauthedSync: false,
    } as Parameters<typeof serve>[0]);
    return (await handlers[method](request, context)) as Response;
  };
}

export const GET = handler('GET');
export const POST = handler('POST');
export const PUT = handler('PUT');
