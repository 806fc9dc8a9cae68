import { z } from 'zod';

export const listInputSchema = z.object({
  name: z.string().trim().min(1).max(120),
  description: z.string().trim().max(500).nullable().optional(),
});

export const SUBSCRIPTION_STATUSES = ['subscribed', 'unsubscribed', 'pending'] as const;
export const subscriptionStatusSchema = z.enum(SUBSCRIPTION_STATUSES);
export type SubscriptionStatus = z.infer<typeof subscriptionStatusSchema>;

/** Where a change of subscription comes from, and what proves that the person wanted it. */
export const evidenceSchema = z.object({
  source: z.string().trim().min(1).max(60),
  evidence: z.record(z.string().max(60), z.union([z.string().max(1000), z.number(), z.boolean()])).optional(),
});
