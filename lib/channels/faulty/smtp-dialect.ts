import { indexHeaders } from '@/lib/channels/listener/index-headers';
import type {
  SmtpAction,
  SmtpConnectionFacts,
  SmtpHooks,
  SmtpMoment,
  SmtpReceipt,
} from '@/lib/channels/listener/smtp-listener';
import type { SmtpFault } from './fault-plan';
import { countFault, type ProviderState } from './provider-state';

const BEFORE_DOT: Partial<Record<SmtpFault, { moment: SmtpMoment; action: SmtpAction }>> = {
  mail_421: { moment: 'mail', action: { reply: '421 4.3.2 going down', end: 'close' } },
  mail_reset: { moment: 'mail', action: { end: 'reset' } },
  rcpt_450: { moment: 'rcpt', action: { reply: '450 4.2.0 try later' } },
  rcpt_550: { moment: 'rcpt', action: { reply: '550 5.1.1 no such user' } },
  data_451: { moment: 'data', action: { reply: '451 4.3.0 not now' } },
  data_reset: { moment: 'data', action: { end: 'reset' } },
  body_reset: { moment: 'data', action: { end: 'reset_on_body' } },
};

const AT_DOT: Partial<Record<SmtpFault, SmtpAction>> = {
  dot_451: { reply: '451 4.3.0 try later' },
  dot_421: { reply: '421 4.3.2 going down', end: 'close' },
  dot_552: { reply: '552 5.3.4 too big' },
  dot_reset: { end: 'reset' },
};

const AFTER_ACCEPT: Partial<Record<SmtpFault, SmtpAction>> = {
  accepted_reset: { end: 'reset' },
  accepted_close: { end: 'close' },
  accepted_half_reply: { partialReply: '25', end: 'close' },
};

const TAG = /^x-waybill-delivery:[ \t]*(\S+)/im;

function tagOf(message: Buffer): string | undefined {
  const end = message.indexOf('\r\n\r\n');
  return TAG.exec(message.toString('latin1', 0, end < 0 ? message.length : end))?.[1];
}

async function deliver(
  state: ProviderState,
  receipt: SmtpReceipt,
  fault: SmtpFault | null,
): Promise<SmtpAction | null> {
  const to = receipt.to[0] ?? '';
  const refusal = fault ? AT_DOT[fault] : undefined;
  if (refusal) return refusal;
  const { messageId } = indexHeaders(receipt.message);
  const tag = tagOf(receipt.message);
  const providerMessageId = `faulty-${state.ledger.nextNumber()}`;
  await state.ledger.record([{ dialect: 'smtp', key: tag ?? messageId, to, providerMessageId, messageId, tag }]);
  if (fault === 'accepted_hang') return null;
  const cut = fault ? AFTER_ACCEPT[fault] : undefined;
  if (cut) return cut;
  const reply = `250 2.0.0 Ok: queued as ${providerMessageId}`;
  return fault === 'accepted_250_reset' ? { reply, end: 'reset' } : { reply };
}

/** SMTP that does to each transaction what the dice or the script say; a fault is chosen when the transaction begins. */
export function smtpDialect(state: ProviderState): SmtpHooks {
  const planned = new WeakMap<SmtpConnectionFacts, SmtpFault | null>();
  const plan = (connection: SmtpConnectionFacts, fault: SmtpFault | null) => {
    planned.set(connection, fault);
    return fault;
  };
  return {
    at(moment, address, connection) {
      if (moment === 'connect') return null;
      let fault = planned.get(connection) ?? null;
      if (moment === 'mail') fault = plan(connection, state.dice.draw(`smtp\0${address}`, state.plan.smtp));
      if (moment === 'rcpt') {
        const scripted = state.dice.scripted(address, state.plan.smtpScript);
        if (scripted) fault = plan(connection, scripted);
      }
      const due = fault ? BEFORE_DOT[fault] : undefined;
      if (!fault || due?.moment !== moment) return null;
      countFault(state, 'smtp', fault);
      return due.action;
    },
    deliver(receipt, connection, answer) {
      const fault = planned.get(connection) ?? null;
      if (fault && !BEFORE_DOT[fault]) countFault(state, 'smtp', fault);
      deliver(state, receipt, fault && BEFORE_DOT[fault] ? null : fault).then(
        (action) => {
          if (!action) return;
          const last = state.plan.closeAfterMessages === connection.messages + 1;
          const delayMs = state.dice.between(state.plan.latencyMs, receipt.to[0] ?? '');
          answer({ ...action, delayMs, end: action.end ?? (last ? 'close' : undefined) });
        },
        (error: unknown) => answer({ reply: `451 4.3.0 ledger: ${String(error)}` }),
      );
    },
  };
}
