import { z } from 'zod';
import { idAnswer } from '@/app/api/v1/answers/common';
import { addNote, addNoteSchema } from '@/lib/features/service/add-note';
import { route } from '@/lib/http/route';

export const POST = route({
  summary: 'Add a note to the history of a customer',
  permission: 'service.act',
  params: z.object({ contactId: z.string() }),
  body: addNoteSchema.omit({ contactId: true }),
  example: { text: 'Asked about the invoice of May.' },
  answer: idAnswer,
  status: 201,
  handle: ({ ctx, params, body }) => addNote(ctx, { ...body, ...params }),
});
