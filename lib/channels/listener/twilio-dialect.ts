import type { HttpAnswer } from './http-listener';

/** An error as Twilio words it. */
export function twilioError(
  status: number,
  code: number,
  message: string,
  headers: Record<string, string> = {},
): HttpAnswer {
  const moreInfo = `https://www.twilio.com/docs/errors/${code}`;
  return { status, headers, json: { code, message, more_info: moreInfo, status } };
}

/** A newly queued message as Twilio describes it. */
export function twilioAccepted(message: {
  sid: string;
  accountSid: string;
  to: string;
  from: string;
  text: string;
}): HttpAnswer & { json: Record<string, unknown> } {
  const { sid, accountSid, to, from, text } = message;
  const json = {
    sid,
    account_sid: accountSid,
    to,
    from,
    body: text,
    status: 'queued',
    direction: 'outbound-api',
    date_created: new Date().toUTCString(),
    num_segments: '1',
    error_code: null,
    error_message: null,
    uri: `/2010-04-01/Accounts/${accountSid}/Messages/${sid}.json`,
  };
  return { status: 201, json };
}

const MESSAGES_PATH = /^\/2010-04-01\/Accounts\/([^/]+)\/Messages\.json$/;
const ACCOUNT_PATH = /^\/2010-04-01\/Accounts\/([^/]+)\.json$/;

/** The account a path of the Messages API speaks for, or null for any other path. */
export function twilioAccountOf(path: string): { accountSid: string; what: 'messages' | 'account' } | null {
  const messages = MESSAGES_PATH.exec(path)?.[1];
  if (messages) return { accountSid: decodeURIComponent(messages), what: 'messages' };
  const account = ACCOUNT_PATH.exec(path)?.[1];
  return account ? { accountSid: decodeURIComponent(account), what: 'account' } : null;
}
