import { z } from 'zod';
import { templateDocument } from '@/lib/features/templates/template-document';
import { htmlDocument } from '@/lib/http/html-document';
import { route } from '@/lib/http/route';

const YEAR_SECONDS = 31_536_000;

export const GET = route({
  summary: 'A template as the HTML that a made-up person would receive',
  permission: 'campaigns.read',
  params: z.object({ templateId: z.string() }),
  query: z.object({ revision: z.coerce.number().int().min(1).optional(), v: z.string().max(20).optional() }),
  mediaType: 'text/html',
  handle: async ({ ctx, params, query }) => {
    const html = await templateDocument(ctx, params.templateId, query.revision);
    return htmlDocument(html, query.v ? YEAR_SECONDS : 0);
  },
});
