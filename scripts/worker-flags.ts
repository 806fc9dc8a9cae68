/**
 * How Node runs a worker. What rendering and sending leaves behind dies young: with 32 MB of room most of it is dead when
 * the collector comes, instead of being copied.
 */
export const WORKER_FLAGS = ['--max-semi-space-size=32'];
