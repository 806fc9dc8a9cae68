/**
 * Who an error is about, which decides what happens: `recipient` and `content` may fail a delivery; `provider` and
 * `account` open the breaker and burn no attempt; `internal` is ours and is retried.
 */
export const ERROR_CLASSES = ['recipient', 'content', 'provider', 'account', 'internal'] as const;
export type ErrorClass = (typeof ERROR_CLASSES)[number];
