import * as click from '@/app/api/t/c/[token]/[link]/route';
import * as open from '@/app/api/t/o/[token]/route';
import { ROUTES } from '@/app/api/v1/route-table';
import * as resend from '@/app/api/webhooks/resend/route';
import * as twilio from '@/app/api/webhooks/twilio/route';
import type { HandlerTable } from '@/lib/http/node-handler';

/** What machines ask for, many times a second; people's pages are Next's. */
export const MACHINE_ROUTES: HandlerTable = {
  ...Object.fromEntries(Object.entries(ROUTES).map(([at, handlers]) => [`/api/v1${at}`, { ...handlers }])),
  '/api/t/o/{token}': { ...open },
  '/api/t/c/{token}/{link}': { ...click },
  '/api/webhooks/resend': { ...resend },
  '/api/webhooks/twilio': { ...twilio },
};
