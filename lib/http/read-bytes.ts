import { AppError } from '@/lib/errors';

/** The body as bytes. Throws `invalid` as soon as it is larger than `maxBytes`, whatever it said of itself. */
export async function readBytes(request: Request, maxBytes: number): Promise<Uint8Array> {
  const tooLarge = () => new AppError('invalid', `The body is larger than ${maxBytes} bytes. Nothing was stored.`);
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw tooLarge();
  const pieces: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  for (;;) {
    const { value, done } = (await reader?.read()) ?? { value: undefined, done: true };
    if (done || !value) break;
    size += value.byteLength;
    if (size > maxBytes) {
      await reader?.cancel();
      throw tooLarge();
    }
    pieces.push(value);
  }
  return new Uint8Array(Buffer.concat(pieces, size));
}
