'use server';

import type { Ctx } from '@/lib/context';
import { verifyAuditChain } from '@/lib/features/history/verify-audit-chain';
import { action } from '@/lib/http/action';

export const verifyChain = action((ctx: Ctx, _: null) => verifyAuditChain(ctx));
