import { NextRequest } from 'next/server';

/** A request as far as most routes need it; whoever needs all of it asks for `request`, which costs several times more. */
export interface Asked {
  method: string;
  url: Pick<URL, 'pathname' | 'search' | 'searchParams'>;
  /** By its lower-case name; null where it was not sent. */
  header(name: string): string | null;
  hasBody: boolean;
  text(): Promise<string>;
  request(): NextRequest;
}

/** An answer that is whole before it leaves. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string | Uint8Array<ArrayBuffer> | null;
}

export type PathParams = Record<string, string | string[] | undefined>;
export type Answering = (asked: Asked, params: PathParams) => Promise<Answer | Response>;

function askedOf(request: NextRequest): Asked {
  return {
    method: request.method,
    url: request.nextUrl,
    header: (name) => request.headers.get(name),
    hasBody: request.body !== null,
    text: () => request.text(),
    request: () => request,
  };
}

function responseOf(answer: Answer | Response): Response {
  if (answer instanceof Response) return answer;
  return new Response(answer.body, { status: answer.status, headers: answer.headers });
}

/** The response read to its end. */
export async function wholeAnswer(answer: Answer | Response): Promise<Answer> {
  if (!(answer instanceof Response)) return answer;
  const body = answer.body === null ? null : await answer.text();
  return { status: answer.status, headers: Object.fromEntries(answer.headers), body };
}

/**
 * A route handler as Next calls it, made of a function that answers. Beside Next the same function is called without a
 * Request and a Response between it and the connection.
 */
export function handlerOf(answering: Answering) {
  const handler = async (request: Request, context: { params: Promise<PathParams> }): Promise<Response> => {
    const asked = request instanceof NextRequest ? request : new NextRequest(request);
    return responseOf(await answering(askedOf(asked), await context.params));
  };
  return Object.assign(handler, { answering });
}
