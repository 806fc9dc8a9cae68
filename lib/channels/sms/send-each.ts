import type { SendGroup, SendResult, SmsMessage } from '@/lib/channels/channel';
import { NOT_STARTED, type Rejected } from '@/lib/channels/rejected';
import type { Gate } from './gate';

/**
 * Sends the messages of a group side by side through a gate. Once the account or the provider has said no, the rest of
 * the group is not asked for and gets the same answer.
 */
export function sendEach(
  group: SendGroup<SmsMessage>,
  gate: Gate,
  isStopped: () => boolean,
  sendOne: (message: SmsMessage) => Promise<SendResult>,
): Promise<SendResult[]> {
  let refusal: Rejected | null = null;
  const one = async (message: SmsMessage): Promise<SendResult> => {
    await gate.enter();
    try {
      if (refusal) return refusal;
      if (isStopped()) return NOT_STARTED;
      const result = await sendOne(message);
      if (result.outcome === 'rejected' && (result.class === 'account' || result.class === 'provider'))
        refusal = result;
      return result;
    } finally {
      gate.leave();
    }
  };
  return Promise.all(group.messages.map(one));
}
