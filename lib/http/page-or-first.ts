import { AppError } from '@/lib/errors';

/**
 * Reads the page of a list that an address asks for. A cursor that is damaged or of another order, as in an old or
 * mistyped link, gives the first page instead of an error.
 */
export async function pageOrFirst<T>(
  cursor: string | undefined,
  read: (cursor: string | undefined) => Promise<T>,
): Promise<T> {
  try {
    return await read(cursor);
  } catch (error) {
    const isDamaged = error instanceof AppError && error.issues.some(({ path }) => path === 'cursor');
    if (!isDamaged || cursor === undefined) throw error;
    return await read(undefined);
  }
}
