import { PlainFace } from './rich-face';
import type { TagChoice } from './tag-choice';

/** The beginning of a text as a list shows it; a tag cut off at its end is left out. */
export function SummaryFace({ text, fields }: { text: string; fields: readonly TagChoice[] }) {
  const whole = text.replace(/\{[{%][^}]*$/, '…');
  return <PlainFace source={whole} fields={fields} />;
}
