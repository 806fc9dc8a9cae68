import { z } from 'zod';
import { starterDocument } from '@/lib/features/templates/template-document';
import { htmlDocument } from '@/lib/http/html-document';
import { route } from '@/lib/http/route';

const HOUR_SECONDS = 3600;

export const GET = route({
  summary: 'A starter as the HTML that a made-up person would receive',
  permission: 'campaigns.read',
  params: z.object({ starterId: z.string() }),
  mediaType: 'text/html',
  handle: async ({ ctx, params }) => htmlDocument(await starterDocument(ctx, params.starterId), HOUR_SECONDS),
});
