import { z } from 'zod';
import { allOf } from '@/app/api/v1/answers/common';
import { attributeTypeSchema } from '@/lib/domain/attribute';
import { listMergeFields } from '@/lib/features/templates/list-merge-fields';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'The fields a tag may read from a contact: the standard ones, then the attributes of the workspace',
  permission: 'campaigns.read',
  answer: allOf(z.object({ key: z.string(), label: z.string(), type: attributeTypeSchema, isAttribute: z.boolean() })),
  handle: async ({ ctx }) => ({ items: await listMergeFields(ctx) }),
});
