import { z } from 'zod';
import { archiveOutputConnection } from '@/lib/features/outputs/archive-output-connection';
import { updateOutputConnection, updateOutputConnectionSchema } from '@/lib/features/outputs/update-output-connection';
import { route } from '@/lib/http/route';

const params = z.object({ connectionId: z.string() });

export const PATCH = route({
  summary: 'Change a connection, runs under way included; its kind stays, and its secret unless one is given',
  permission: 'providers.manage',
  params,
  body: updateOutputConnectionSchema.omit({ id: true }),
  sample: { name: 'Gift desk' },
  status: 204,
  handle: ({ ctx, params, body }) => updateOutputConnection(ctx, { ...body, id: params.connectionId }),
});

export const DELETE = route({
  summary: 'Retire a connection and forget its secret',
  permission: 'providers.manage',
  params,
  status: 204,
  handle: ({ ctx, params }) => archiveOutputConnection(ctx, params.connectionId),
});
