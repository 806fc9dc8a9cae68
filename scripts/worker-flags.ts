/**
 * How Node runs a worker. What rendering and sending leaves behind dies young: with 16 MB of room, which Node takes twice,
 * most of it is dead when the collector comes, instead of being copied. More room costs memory and saves no time.
 */
export const WORKER_FLAGS = ['--max-semi-space-size=16'];
