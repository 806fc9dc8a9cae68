/** The JSON value of a provider's body, or undefined when it is none (an HTML error page, a truncated body). */
export function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
