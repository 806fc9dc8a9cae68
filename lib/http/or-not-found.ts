import { notFound } from 'next/navigation';
import { AppError } from '@/lib/errors';

/** For a page about one thing: a verb's `not_found` becomes the page that says so; anything else goes on. */
export async function orNotFound<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') notFound();
    throw error;
  }
}
