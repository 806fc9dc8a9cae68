import type { Inngest } from 'inngest';
import { systemCtx } from '@/lib/context';
import { runImportChunk } from '@/lib/features/imports/run-import-chunk';
import { IMPORT_STARTED } from '@/lib/jobs/events';

const ROWS_PER_STEP = 50_000;

/** Imports a file chunk by chunk; a crash goes on after the last committed row. */
export function importContacts(inngest: Inngest) {
  return inngest.createFunction(
    {
      id: 'import-contacts',
      triggers: [{ event: IMPORT_STARTED }],
      concurrency: { key: 'event.data.importId', limit: 1 },
      retries: 5,
    },
    async ({ event, step }) => {
      const { workspaceId, importId } = event.data as { workspaceId: string; importId: string };
      const ctx = systemCtx(workspaceId, 'import-contacts');
      let done = false;
      for (let i = 0; !done && i < 900; i++) {
        done = await step.run(
          `rows-${i}`,
          async () => (await runImportChunk(ctx, { importId, maxRows: ROWS_PER_STEP })).done,
        );
      }
    },
  );
}
