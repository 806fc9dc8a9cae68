import { createHmac } from 'node:crypto';
import type { Dialogue } from './dialogue';
import type { SmtpReply } from './reply-parser';

const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');

/**
 * Signs in with the safest mechanism offered (RFC 4954; CRAM-MD5 only where the line is not encrypted) and answers the
 * server's last reply, or null when no mechanism is acceptable.
 */
export async function authenticate(
  dialogue: Dialogue,
  offered: string[],
  auth: { user: string; pass: string },
  line: { encrypted: boolean; allowClear: boolean; timeoutMs: number },
): Promise<SmtpReply | null> {
  const { timeoutMs } = line;
  const clearAllowed = line.encrypted || line.allowClear;
  if (!line.encrypted && offered.includes('CRAM-MD5')) {
    const challenge = await dialogue.ask('AUTH CRAM-MD5', timeoutMs);
    if (challenge.code !== 334) return challenge;
    const digest = createHmac('md5', auth.pass).update(Buffer.from(challenge.text, 'base64')).digest('hex');
    return dialogue.ask(base64(`${auth.user} ${digest}`), timeoutMs, 'answer to AUTH');
  }
  if (!clearAllowed) return null;
  if (offered.includes('PLAIN')) {
    return dialogue.ask(`AUTH PLAIN ${base64(`\0${auth.user}\0${auth.pass}`)}`, timeoutMs);
  }
  if (offered.includes('LOGIN')) {
    const user = await dialogue.ask('AUTH LOGIN', timeoutMs);
    if (user.code !== 334) return user;
    const pass = await dialogue.ask(base64(auth.user), timeoutMs, 'answer to AUTH');
    if (pass.code !== 334) return pass;
    return dialogue.ask(base64(auth.pass), timeoutMs, 'answer to AUTH');
  }
  return null;
}
