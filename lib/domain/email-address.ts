export type EmailProblem = 'email_control_characters' | 'email_multiple' | 'email_too_long' | 'email_invalid';

export type ParsedEmail = { ok: true; email: string } | { ok: false; code: EmailProblem; message: string };

// biome-ignore lint/suspicious/noControlCharactersInRegex: header injection is made of these
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;
const SPACES_AROUND = /^[ \t\u00a0\u3000]+|[ \t\u00a0\u3000]+$/g;
const COMMON = /^[a-z0-9_%+-]+(?:\.[a-z0-9_%+-]+)*@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/;
// atext of RFC 5322 §3.2.3, widened to non-ASCII letters as RFC 6531 allows
const LOCAL_ATOM = /^[\p{L}\p{M}\p{N}!#$%&'*+\-/=?^_`{|}~]+$/u;
const LABEL = /^[\p{L}\p{M}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?$/u;

function refuse(code: EmailProblem, message: string): ParsedEmail {
  return { ok: false, code, message };
}

function checkParts(email: string): ParsedEmail {
  const at = email.lastIndexOf('@');
  const local = email.slice(0, at);
  const domain = email.slice(at + 1);
  if (at < 1 || domain === '') return refuse('email_invalid', 'is not an email address');
  if (/[,;]/.test(local) || local.includes('@')) {
    return /^[^@]+@[^@\s,;]+\s*[,;\s]\s*[^@]+$/.test(local) || /[,;].*@|@.*[,;]/.test(email)
      ? refuse('email_multiple', 'holds more than one address')
      : refuse('email_invalid', 'is not an email address');
  }
  if (new TextEncoder().encode(local).length > 64) {
    return refuse('email_too_long', 'has more than 64 characters before the @ (RFC 5321)');
  }
  if (!local.split('.').every((atom) => LOCAL_ATOM.test(atom))) {
    return refuse('email_invalid', 'has characters before the @ that an address cannot have');
  }
  const labels = domain.split('.');
  const top = labels.at(-1) ?? '';
  if (labels.length < 2 || !labels.every((label) => LABEL.test(label)) || /^\d+$/.test(top)) {
    return refuse('email_invalid', 'has no valid domain after the @');
  }
  return { ok: true, email };
}

/**
 * One email address in the form in which it is stored and compared: trimmed, NFC, lower case. Follows RFC 5321 and 6531
 * without quoted local parts and address literals; refuses line breaks and other control characters, several addresses
 * in one field, and more than 254 characters.
 */
export function parseEmailAddress(text: string): ParsedEmail {
  const trimmed = text.replace(SPACES_AROUND, '').toLowerCase();
  if (trimmed.length <= 254 && COMMON.test(trimmed) && trimmed.indexOf('@') <= 64) return { ok: true, email: trimmed };
  if (CONTROL.test(trimmed)) {
    return refuse('email_control_characters', 'has a line break or another control character in it');
  }
  const email = trimmed.normalize('NFC');
  if (new TextEncoder().encode(email).length > 254) {
    return refuse('email_too_long', 'has more than 254 characters (RFC 5321)');
  }
  return checkParts(email);
}
