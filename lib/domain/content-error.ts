import type { ErrorClass } from './delivery-error';

/**
 * One contact's data cannot become one valid message. `message` is a sentence for a person and names the field. It fails
 * that delivery only (class `content`), never its neighbours.
 */
export class ContentError extends Error {
  readonly class: ErrorClass = 'content';

  constructor(message: string) {
    super(message);
    this.name = 'ContentError';
  }
}
