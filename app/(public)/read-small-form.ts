import { AppError } from '@/lib/errors';
import { readBytes } from '@/lib/http/read-bytes';

/** Any form of a public page is far smaller, with a thousand lists ticked. */
const MAX_FORM_BYTES = 64 * 1024;

/** The fields of a form, or null for a body that is none, or is larger than any of ours. */
export async function readSmallForm(request: Request): Promise<FormData | null> {
  try {
    const bytes = await readBytes(request, MAX_FORM_BYTES);
    const type = request.headers.get('content-type') ?? '';
    return await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } }).formData();
  } catch (error) {
    if (error instanceof TypeError || error instanceof AppError) return null;
    throw error;
  }
}
