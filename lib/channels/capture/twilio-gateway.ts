import { randomUUID } from 'node:crypto';
import type { HttpAnswer, HttpRequest } from '@/lib/channels/listener/http-listener';
import type { StatusCallbacks } from '@/lib/channels/listener/status-callbacks';
import { twilioAccepted, twilioError } from '@/lib/channels/listener/twilio-dialect';
import type { Inbox } from './inbox';
import type { CaptureRules } from './rules';

export interface GatewayParts {
  inbox: Inbox;
  rules: CaptureRules;
  callbacks: StatusCallbacks;
  onRefused(): void;
}

/** `POST /2010-04-01/Accounts/{sid}/Messages.json`, answered as Twilio does, the text kept in the inbox. */
export async function acceptSms(request: HttpRequest, accountSid: string, parts: GatewayParts): Promise<HttpAnswer> {
  const form = new URLSearchParams(request.body);
  const to = form.get('To') ?? '';
  const from = form.get('From') ?? form.get('MessagingServiceSid') ?? '';
  const text = form.get('Body') ?? '';
  const rule = parts.rules.find(to);
  if (rule?.code !== undefined) {
    parts.onRefused();
    return twilioError(400, rule.code, rule.message ?? `The request to ${to} was refused`);
  }
  if (!/^\+[1-9]\d{6,14}$/.test(to)) return twilioError(400, 21211, `Invalid 'To' Phone Number: ${to}`);
  if (text === '') return twilioError(400, 21602, 'Message body is required');
  const sid = `SM${randomUUID().replaceAll('-', '')}`;
  await new Promise<void>((resolve, reject) => {
    parts.inbox.addSms(from, to, sid, text, (error) => (error ? reject(error) : resolve()));
  });
  const url = form.get('StatusCallback');
  const receipt = rule?.receipt ?? 'delivered';
  if (url && receipt !== 'none') {
    const common = {
      MessageSid: sid,
      SmsSid: sid,
      AccountSid: accountSid,
      To: to,
      From: from,
      ApiVersion: '2010-04-01',
    };
    const code: Record<string, string> = rule?.receiptCode ? { ErrorCode: String(rule.receiptCode) } : {};
    parts.callbacks.push({ url, form: { ...common, MessageStatus: receipt, SmsStatus: receipt, ...code } });
  }
  return twilioAccepted({ sid, accountSid, to, from, text });
}
