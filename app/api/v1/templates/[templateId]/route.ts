import { z } from 'zod';
import { revisionAnswer } from '@/app/api/v1/answers/common';
import { templateAnswer } from '@/app/api/v1/answers/templates';
import { getTemplate } from '@/lib/features/templates/get-template';
import { updateTemplate, updateTemplateSchema } from '@/lib/features/templates/update-template';
import { changeIfMatch, withEtag } from '@/lib/http/if-match';
import { route } from '@/lib/http/route';

const params = z.object({ templateId: z.string() });

export const GET = route({
  summary: 'A template with its content',
  permission: 'campaigns.read',
  params,
  answer: templateAnswer,
  hasRevision: true,
  handle: async ({ ctx, params }) => withEtag(await getTemplate(ctx, params.templateId)),
});

export const PATCH = route({
  summary: 'Save a new name or new content over the revision it was made on',
  permission: 'campaigns.write',
  params,
  body: updateTemplateSchema.omit({ id: true }).partial({ revision: true }),
  sample: { revision: 1, name: 'Autumn letter' },
  answer: revisionAnswer,
  hasRevision: true,
  handle: async ({ ctx, params, body, request }) => {
    const id = params.templateId;
    const change = (revision: number) => updateTemplate(ctx, { ...body, id, revision });
    return withEtag(await changeIfMatch(request, body.revision, () => getTemplate(ctx, id), change));
  },
});
