import { idAnswer, pageOf } from '@/app/api/v1/answers/common';
import { importAnswer } from '@/app/api/v1/answers/imports';
import { listImports, listImportsSchema } from '@/lib/features/imports/list-imports';
import { startImport, startImportSchema } from '@/lib/features/imports/start-import';
import { route } from '@/lib/http/route';
import { sendImportStarted } from '@/lib/jobs/send-events';

export const GET = route({
  summary: 'Imports, newest first, in pages',
  permission: 'contacts.read',
  query: listImportsSchema,
  answer: pageOf(importAnswer),
  handle: ({ ctx, query }) => listImports(ctx, query),
});

export const POST = route({
  summary: 'Import an upload that has arrived; with `dryRun` only count what would happen, row by row',
  permission: 'contacts.write',
  body: startImportSchema,
  sample: {
    uploadId: 'upl_01jd5k3q8w4r2t9z',
    mapping: [
      { column: 'customer', target: { kind: 'field', field: 'external_id' } },
      { column: 'email', target: { kind: 'field', field: 'email' } },
    ],
    dryRun: true,
  },
  answer: idAnswer,
  status: 202,
  handle: async ({ ctx, body }) => {
    const { id } = await startImport(ctx, body);
    await sendImportStarted({ workspaceId: ctx.workspaceId, importId: id });
    return { id };
  },
});
