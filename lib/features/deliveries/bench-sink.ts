import { listenSmtp } from '@/lib/channels/listener/smtp-listener';

/** A relay that takes everything and keeps nothing but the count; a process of its own, started by the benches. */
async function main(): Promise<void> {
  const delayMs = Number(process.argv[2] ?? 0);
  let count = 0;
  const listener = await listenSmtp(0, '127.0.0.1', {
    deliver: (_receipt, _connection, answer) => {
      count += 1;
      answer({ reply: '250 2.0.0 Ok: queued', ...(delayMs > 0 ? { delayMs } : {}) });
    },
  });
  process.on('message', () => process.send?.({ count }));
  process.on('disconnect', () => process.exit(0));
  process.send?.({ port: listener.port });
}

void main();
