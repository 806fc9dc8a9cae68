import { z } from 'zod';
import { customerHitAnswer } from '@/app/api/v1/answers/service';
import { searchCustomers, searchCustomersSchema } from '@/lib/features/service/search-customers';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'Customers by number, phone in any writing, email or name, the surest first',
  permission: 'service.lookup',
  query: searchCustomersSchema,
  answer: z.object({ items: z.array(customerHitAnswer), more: z.boolean() }),
  handle: ({ ctx, query }) => searchCustomers(ctx, query),
});
