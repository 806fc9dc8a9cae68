/** Why a question has no answer; known from the first try that failed, while it goes on being asked. */
export function failureOf(query: { error: Error | null; failureReason: Error | null }): Error | null {
  return query.error ?? query.failureReason;
}
