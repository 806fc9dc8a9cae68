import { bigint, customType, jsonb, text, timestamp } from 'drizzle-orm/pg-core';

export const id = () => text().primaryKey();
export const at = () => timestamp({ withTimezone: true, mode: 'date' });
export const createdAt = () => at().notNull().defaultNow();
export const json = <T>() => jsonb().$type<T>();
/** Identity numbers of append-only and very large tables; strings in JavaScript. */
export const serial64 = () => bigint({ mode: 'bigint' }).generatedAlwaysAsIdentity();
export const bytea = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' });
