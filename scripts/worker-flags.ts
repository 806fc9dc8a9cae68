/**
 * How Node runs a worker. What rendering and sending leaves behind dies young: with 16 MB of room, which Node takes twice,
 * most of it is dead when the collector comes, instead of being copied. The limit is many times what a worker needs; with a
 * higher one V8 lets four times what lives pile up before it collects the rest.
 */
export const WORKER_FLAGS = ['--max-semi-space-size=16', '--max-old-space-size=1024'];
