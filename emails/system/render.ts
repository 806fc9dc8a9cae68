import type { RenderedSystemEmail, SystemEmailName, SystemEmailProps } from './write';

/**
 * One of our own emails, ready for a transport. Throws a `ZodError` if the props do not fit; line breaks never reach the
 * subject.
 */
export async function renderSystemEmail<N extends SystemEmailName>(
  name: N,
  props: SystemEmailProps<N>,
): Promise<RenderedSystemEmail> {
  // loaded with the first email: nothing that starts needs it
  const { writeSystemEmail } = await import('./write');
  return await writeSystemEmail(name, props);
}
