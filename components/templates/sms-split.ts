import { countSmsSegments, type SmsEncoding } from '@/lib/domain/sms-segments';

const JOINED = { 'GSM-7': 153, 'UCS-2': 67 } as const;

function unitsOf(char: string, encoding: SmsEncoding): number {
  return encoding === 'UCS-2' ? char.length : countSmsSegments(char).units;
}

/** A text cut where the network cuts it (3GPP TS 23.040), so that people see what a word more costs. */
export function splitSegments(text: string): string[] {
  const { encoding, segments } = countSmsSegments(text);
  if (segments <= 1) return [text];
  const parts = [''];
  let used = 0;
  for (const char of text) {
    const units = unitsOf(char, encoding);
    if (used + units > JOINED[encoding]) {
      parts.push('');
      used = 0;
    }
    used += units;
    parts[parts.length - 1] += char;
  }
  return parts;
}
