/**
 * Runs a lane so many times side by side. When one fails, the others are told to begin nothing more. Answers the first
 * failure, or nothing, once all of them have ended: what they had under way is never left behind.
 */
export async function inLanes(
  count: number,
  lane: () => Promise<void>,
  stop: () => void,
): Promise<PromiseRejectedResult | undefined> {
  const guarded = async () => {
    try {
      await lane();
    } catch (error) {
      stop();
      throw error;
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: count }, guarded));
  return ended.find((one) => one.status === 'rejected');
}
