import { z } from 'zod';
import { certificateAnswer } from '@/app/api/v1/answers/health';
import { runCertificate } from '@/lib/features/runs/run-certificate';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'Certificate of a run: counts from the rows, digests of content and ledger',
  permission: 'runs.read',
  params: z.object({ runId: z.string() }),
  answer: certificateAnswer,
  handle: async ({ ctx, params }) => {
    const certificate = await runCertificate(ctx, params.runId);
    return new Response(`${JSON.stringify(certificate, null, 2)}\n`, {
      headers: {
        'content-type': 'application/json',
        'content-disposition': `attachment; filename="${certificate.run.id}-certificate.json"`,
      },
    });
  },
});
