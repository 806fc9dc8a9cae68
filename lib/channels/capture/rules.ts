import { readFileSync } from 'node:fs';
import { z } from 'zod';

/**
 * What a local provider does to recipients whose address matches; `*` stands for anything. With `times`, each address is
 * treated so only that often (a greylist), then well.
 */
export const captureRuleSchema = z.object({
  match: z.string().min(1),
  times: z.number().int().positive().optional(),
  /** Email: the refusal of RCPT, such as `550 5.1.1 No such user`. */
  reply: z
    .string()
    .regex(/^[45]\d\d /)
    .optional(),
  /** SMS: the Twilio error the request is refused with, such as 21211. */
  code: z.number().int().optional(),
  message: z.string().optional(),
  /** SMS: accepted, then reported through the status callback. */
  receipt: z.enum(['undelivered', 'failed', 'delivered', 'none']).optional(),
  receiptCode: z.number().int().optional(),
});
export type CaptureRule = z.infer<typeof captureRuleSchema>;
export const captureRulesSchema = z.array(captureRuleSchema);

interface Compiled {
  rule: CaptureRule;
  pattern: RegExp;
  spent: Map<string, number>;
}

/** Finds the rule for an address; of several that match, the first counts. */
export class CaptureRules {
  private readonly compiled: Compiled[];

  constructor(rules: CaptureRule[]) {
    this.compiled = rules.map((rule) => {
      const source = rule.match.split('*').map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&'));
      return { rule, pattern: new RegExp(`^${source.join('.*')}$`, 'i'), spent: new Map() };
    });
  }

  find(address: string): CaptureRule | null {
    for (const { rule, pattern, spent } of this.compiled) {
      if (!pattern.test(address)) continue;
      if (rule.times === undefined) return rule;
      const used = spent.get(address) ?? 0;
      if (used >= rule.times) continue;
      spent.set(address, used + 1);
      return rule;
    }
    return null;
  }
}

/** Reads rules from a JSON file; throws with the place of the first mistake. */
export function readRules(path: string): CaptureRule[] {
  return captureRulesSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
}
