import { z } from 'zod';
import { customerAnswer } from '@/app/api/v1/answers/service';
import { lookUpCustomer, lookUpCustomerSchema } from '@/lib/features/service/look-up-customer';
import { route } from '@/lib/http/route';

export const GET = route({
  summary:
    'Everything customer service is asked about one person: what will come, what is under way, what was. Audited',
  permission: 'service.lookup',
  params: z.object({ contactId: z.string() }),
  query: lookUpCustomerSchema.omit({ contactId: true, via: true }),
  answer: customerAnswer,
  handle: ({ ctx, params, query }) => lookUpCustomer(ctx, { ...query, ...params, via: 'api' }),
});
