import { z } from 'zod';
import { time, values } from '@/app/api/v1/answers/common';
import { getWorkspace } from '@/lib/features/workspaces/get-workspace';
import { updateWorkspace, updateWorkspaceSchema } from '@/lib/features/workspaces/update-workspace';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'The workspace of this key with its settings',
  permission: 'workspace.manage',
  answer: z.object({
    id: z.string(),
    name: z.string(),
    slug: z.string(),
    timeZone: z.string(),
    settings: values,
    demo: z.boolean(),
    createdAt: time,
  }),
  handle: ({ ctx }) => getWorkspace(ctx),
});

export const PATCH = route({
  summary: 'Change name, time zone or settings of the workspace; null unsets one',
  permission: 'workspace.manage',
  body: updateWorkspaceSchema,
  example: { settings: { trackOpens: true } },
  answer: z.object({ changed: z.array(z.string()) }),
  handle: ({ ctx, body }) => updateWorkspace(ctx, body),
});
