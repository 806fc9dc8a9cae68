import type { ReactElement } from 'react';
import type { z } from 'zod';

interface Definition<S extends z.ZodType> {
  props: S;
  subject: (props: z.output<S>) => string;
  html: (props: z.output<S>) => ReactElement;
  /** Paragraphs; a blank line goes between them. */
  text: (props: z.output<S>) => string[];
}

/** One of our own emails: what it needs, and the same message as subject, markup and plain text. */
export interface SystemEmail<S extends z.ZodType> {
  props: S;
  /** Throws a `ZodError` if the props do not fit. */
  write: (props: unknown) => { subject: string; html: ReactElement; text: string };
}

export function defineSystemEmail<S extends z.ZodType>(definition: Definition<S>): SystemEmail<S> {
  return {
    props: definition.props,
    write: (input) => {
      const props = definition.props.parse(input);
      const subject = definition.subject(props).replace(/[\p{Cc}\s]+/gu, ' ');
      return {
        subject: subject.trim(),
        html: definition.html(props),
        text: `${definition.text(props).join('\n\n')}\n`,
      };
    },
  };
}
