import { z } from 'zod';

/** A person's or a workspace's name: one line, no control or direction-changing characters, no angle brackets. */
export function plainName(what: string, max: number) {
  return z
    .string()
    .trim()
    .min(1, `Enter ${what}.`)
    .max(max, `Use at most ${max} characters.`)
    .regex(/^[^\p{Cc}\p{Cs}<>\u202a-\u202e\u2066-\u2069]*$/u, 'Use one line without < and >.');
}

export const personNameSchema = plainName('a name', 100);
export const workspaceNameSchema = plainName('a name for the workspace', 80);
