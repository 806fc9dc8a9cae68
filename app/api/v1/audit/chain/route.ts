import { z } from 'zod';
import { verifyAuditChain } from '@/lib/features/history/verify-audit-chain';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'Whether the audit log is whole: every entry holds the digest of the one before it',
  permission: 'audit.read',
  answer: z.object({
    intact: z.boolean(),
    entries: z.number(),
    brokenAt: z.string().nullable(),
    head: z.string().nullable().describe('Keep it elsewhere to tell later that nothing was cut off'),
  }),
  handle: ({ ctx }) => verifyAuditChain(ctx),
});
