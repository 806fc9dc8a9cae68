/**
 * What handing over records came to. `held` says that the sink as a whole takes nothing now, which is nobody's failure;
 * `taken` names the records it will never take as they are. Repeating a hand-over is harmless.
 */
export type SinkResult =
  | { outcome: 'taken'; refused: Map<string, { code: string; text: string }> }
  | { outcome: 'held'; text: string; retryAfterMs?: number };
