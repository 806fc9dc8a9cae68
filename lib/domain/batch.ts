/** Deliveries per batch: large enough that a lease costs nothing per message, small enough to spread over workers. */
export const BATCH_SIZE = 500;
