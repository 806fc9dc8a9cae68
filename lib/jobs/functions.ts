import type { InngestFunction } from 'inngest';
import { inngest } from '@/lib/jobs/client';
import { dispatchRun } from '@/lib/jobs/dispatch-run';
import { importContacts } from '@/lib/jobs/import-contacts';
import { sendRun } from '@/lib/jobs/send-run';
import { closeCancelled, sweep, tidy } from '@/lib/jobs/sweep';

/** Every durable function of the product; the worker and `/api/inngest` serve the same list. */
export function functions(): InngestFunction.Any[] {
  const client = inngest();
  return [
    dispatchRun(client),
    sendRun(client),
    sweep(client),
    tidy(client),
    closeCancelled(client),
    importContacts(client),
  ];
}
