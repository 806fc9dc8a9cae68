import { z } from 'zod';
import { issueAnswer } from '@/app/api/v1/answers/runs';
import { explainCause } from '@/lib/domain/error-words';
import { issueGroups } from '@/lib/features/runs/run-issues';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'What did not end well, grouped by step and cause, in plain words',
  permission: 'runs.read',
  params: z.object({ runId: z.string() }),
  answer: z.object({ items: z.array(issueAnswer) }),
  handle: async ({ ctx, params }) => {
    const groups = await issueGroups(ctx, params.runId);
    return { items: groups.map((group) => ({ ...group, ...explainCause(group.state, group.cause) })) };
  },
});
