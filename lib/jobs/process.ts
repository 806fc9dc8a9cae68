import type { Channel } from '@/lib/channels/channel';
import { openChannel } from '@/lib/channels/open-channel';
import { acceptSmppReceipt } from '@/lib/features/outcomes/accept-smpp-receipt';
import { closeSinks } from '@/lib/features/outputs/open-sink';
import { loadChannelAccount } from '@/lib/features/providers/load-channel-account';
import { newId } from '@/lib/ids';

interface Opened {
  revision: string;
  channel: Channel;
  maxPerSecond: number | null;
}

interface ProcessState {
  worker: string;
  stopping: AbortController;
  channels: Map<string, Opened>;
}

const shared = globalThis as unknown as { waybillProcess?: ProcessState };

/** What this process is while it sends: its name in leases, its kept provider connections, its stop signal. */
export function thisProcess(): ProcessState {
  shared.waybillProcess ??= { worker: newId('worker'), stopping: new AbortController(), channels: new Map() };
  return shared.waybillProcess;
}

/** The open channel of an account; reopened when its settings changed. */
export async function channelOf(
  workspaceId: string,
  accountId: string,
): Promise<{ channel: Channel; maxPerSecond: number | null }> {
  const { channels } = thisProcess();
  const account = await loadChannelAccount(workspaceId, accountId);
  const known = channels.get(accountId);
  if (known && known.revision === account.updatedAt.toISOString())
    return { channel: known.channel, maxPerSecond: account.maxPerSecond };
  // batches that still use the old one finish on it
  if (known) void known.channel.close();
  const { channel } = openChannel(account, {
    onSmsReceipt: (receipt) => acceptSmppReceipt(workspaceId, accountId, receipt),
  });
  channels.set(accountId, {
    revision: account.updatedAt.toISOString(),
    channel: channel as Channel,
    maxPerSecond: account.maxPerSecond,
  });
  return { channel: channel as Channel, maxPerSecond: account.maxPerSecond };
}

export async function closeChannels(): Promise<void> {
  const { channels } = thisProcess();
  await Promise.all([...[...channels.values()].map(({ channel }) => channel.close()), closeSinks()]);
  channels.clear();
}
