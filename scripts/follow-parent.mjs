// Preloaded into direct children that do not watch the channel to their launcher themselves: when it closes, they end.
// The variable keeps it out of the processes those children fork with the same arguments.
if (process.send && process.env.WAYBILL_FOLLOW) {
  delete process.env.WAYBILL_FOLLOW;
  process.once('disconnect', () => {
    setTimeout(() => process.exit(1), 8000).unref();
    process.kill(process.pid, 'SIGTERM');
  });
  process.channel?.unref();
}
