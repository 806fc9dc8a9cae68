import { randomUUID } from 'node:crypto';
import { twilioAccepted, twilioAccountOf, twilioError } from '@/lib/channels/listener/twilio-dialect';
import { drawHttpFault, type ErrorWords, type HttpDialect, refuseBefore, spoilAfter } from './http-faults';
import type { ProviderState } from './provider-state';

const CODES = {
  limit: [20429, 'Too Many Requests'],
  quota: [63038, 'Daily message limit exceeded'],
  unauthorized: [20003, 'Authenticate'],
  invalid: [21211, "Invalid 'To' Phone Number"],
  error: [20500, 'Internal Server Error'],
} as const;

const words: ErrorWords = (kind, status, headers) => {
  const [code, message] = CODES[kind];
  return twilioError(kind === 'invalid' ? 400 : status, code, message, headers);
};

/** Twilio's Messages API with its list by recipient; a delivery is named by the status callback it asks for. */
export function twilioDialect(state: ProviderState): HttpDialect {
  const listed: Record<string, unknown>[] = [];
  return async (request) => {
    const target = twilioAccountOf(request.path);
    if (!target) return { status: 404, json: { code: 20404, message: 'Not found', status: 404 } };
    if (!/^Basic \S+$/.test(request.headers.authorization ?? '')) return words('unauthorized', 401);
    const { accountSid } = target;
    if (target.what === 'account') return { status: 200, json: { sid: accountSid, status: 'active' } };
    if (request.method === 'GET') {
      const messages = listed.filter(({ to }) => to === request.query.get('To'));
      return { status: 200, json: { messages, next_page_uri: null } };
    }

    const form = new URLSearchParams(request.body);
    const to = form.get('To') ?? '';
    const from = form.get('From') ?? form.get('MessagingServiceSid') ?? '';
    const text = form.get('Body') ?? '';
    const fault = drawHttpFault(state, 'twilio', to);
    const refusal = refuseBefore(state, fault, words);
    if (refusal) return refusal;
    if (!/^\+[1-9]\d{6,14}$/.test(to)) return words('invalid', 400);
    const sid = `SM${randomUUID().replaceAll('-', '')}`;
    const callbackUrl = form.get('StatusCallback') ?? undefined;
    await state.ledger.record([
      { dialect: 'twilio', key: callbackUrl ?? sid, to, providerMessageId: sid, callbackUrl },
    ]);
    if (callbackUrl && state.plan.receipt !== 'none') {
      const status = { MessageStatus: state.plan.receipt, SmsStatus: state.plan.receipt };
      const callback = { MessageSid: sid, SmsSid: sid, AccountSid: accountSid, To: to, From: from, ...status };
      state.callbacks.push({ url: callbackUrl, form: callback });
    }
    const answer = twilioAccepted({ sid, accountSid, to, from, text });
    listed.push(answer.json);
    return spoilAfter(fault, answer, words);
  };
}
