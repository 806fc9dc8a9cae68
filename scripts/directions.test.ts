import { describe, expect, it } from 'vitest';
import { checkDirections } from './directions';

const says = (file: string, source: string) => checkDirections(file, source).map((one) => `${one.line}: ${one.says}`);

describe('the direction rules', () => {
  it('name the line and the rule of a wrong import', () => {
    const source = "import { z } from 'zod';\n\nimport {\n  pool,\n} from '@/lib/db/client';\n";
    expect(checkDirections('lib/domain/contact.ts', source)).toEqual([
      {
        file: 'lib/domain/contact.ts',
        line: 5,
        says: 'may not import lib/db/client: domain is pure: it imports zod, lib/errors and itself',
      },
    ]);
  });

  it.each([
    ['lib/domain/x.ts', "import { readFile } from 'node:fs';"],
    ['lib/domain/x.ts', "export * from '../features/runs/pause-run';"],
    ['components/runs/strip.tsx', "import type { Run } from '@/lib/features/runs/queries';"],
    ['components/runs/strip.tsx', "import { env } from '@/lib/env';"],
    ['emails/receipt.tsx', "import { send } from '../lib/channels/channel';"],
    ['lib/features/runs/pause-run.ts', "import { inngest } from '@/lib/jobs/client';"],
    ['lib/features/runs/pause-run.ts', "import { cookies } from 'next/headers';"],
    ['lib/features/runs/pause-run.ts', "import { Inngest } from 'inngest';"],
    ['lib/features/contacts/x.ts', "import { freeze } from '@/lib/features/audience/freeze-audience';"],
    ['lib/features/unheard-of/x.ts', "import { a } from '@/lib/features/contacts/a';"],
    ['lib/features/senders/x.ts', "const { Resend } = await import('resend');"],
    ['lib/jobs/sweep.ts', "import { Page } from '@/app/page';"],
    ['lib/engine/runs.ts', "import { runStates } from '@/lib/domain/run';"],
    ['lib/channels/email/smtp.ts', "import { pool } from '@/lib/db/client';"],
    ['app/(app)/runs/page.tsx', "import { pool } from '@/lib/db/client';"],
    ['app/(app)/runs/page.tsx', "import { getServerSession } from 'next-auth';"],
    ['lib/features/runs/x.ts', 'const url = process.env.DATABASE_URL;'],
    ['lib/domain/index.ts', "export * from './contact';\nexport { type A } from './a';"],
    ['lib/utils/x.ts', 'export const x = 1;'],
  ])('refuse in %s: %s', (file, source) => {
    expect(says(file, source)).toHaveLength(1);
  });

  it.each([
    ['lib/domain/x.ts', "import { z } from 'zod';\nimport { AppError } from '@/lib/errors';\nimport { a } from './a';"],
    ['lib/domain/x.test.ts', "import fc from 'fast-check';\nimport { it } from 'vitest';"],
    [
      'lib/features/runs/x.ts',
      "import { c } from '@/lib/features/contacts/c';\nimport { pool } from '@/lib/db/client';",
    ],
    ['lib/features/runs/x.ts', "// import { x } from '@/app/page';\n/* import y from 'inngest' */"],
    ['lib/features/runs/x.ts', "const text = 'see process.env'.length; // process.env"],
    ['lib/engine/runs.db.test.ts', "import { testDatabase } from '@/lib/db/testing';"],
    ['lib/channels/email/resend.test.ts', "import { Resend } from 'resend';"],
    ['app/api/inngest/route.ts', "import { serve } from 'inngest/next';"],
    ['app/(app)/runs/page.tsx', "import { Strip } from '@/components/strip/strip';\nimport Link from 'next/link';"],
  ])('accept in %s: %s', (file, source) => {
    expect(says(file, source)).toEqual([]);
  });
});
