import type { Metadata } from 'next';
import { ROUTES } from '@/app/api/v1/route-table';
import { Logo } from '@/components/shell/logo';
import { TextLink } from '@/components/ui/link-button';
import { env } from '@/lib/env';
import { openApiDocument } from '@/lib/http/openapi';
import { GUIDE, Guide } from './guide';
import { OperationEntry, Shape } from './operation-entry';
import { readReference, readShapes } from './read-reference';

export const metadata: Metadata = { title: 'API' };
export const dynamic = 'force-dynamic';

export default function DevelopersPage() {
  const url = env().APP_URL.replace(/\/+$/, '');
  const document = openApiDocument(ROUTES, url);
  const groups = readReference(document);
  const entries = [
    ...GUIDE.map(({ id, title }) => ({ id, title })),
    ...groups.map(({ tag }) => ({ id: `ref-${tag}`, title: tag })),
    { id: 'shapes', title: 'Shapes' },
  ];
  return (
    <div className="mx-auto grid max-w-6xl gap-x-16 px-4 py-10 sm:px-8 lg:grid-cols-[11rem_minmax(0,1fr)]">
      <header className="pb-8 lg:col-span-2">
        <Logo />
        <h1 className="mt-6 font-semibold text-xl">API</h1>
        <p className="mt-1 max-w-prose text-ink-soft">
          Everything the dashboard does, over HTTP. The machine-readable description is at{' '}
          <TextLink href="/api/v1/openapi.json">/api/v1/openapi.json</TextLink> (OpenAPI 3.1).
        </p>
      </header>
      <nav
        aria-label="On this page"
        className="max-lg:pb-8 lg:sticky lg:top-6 lg:max-h-[calc(100dvh-3rem)] lg:self-start lg:overflow-y-auto"
      >
        <ul className="flex flex-wrap gap-x-4 gap-y-1.5 text-sm lg:flex-col">
          {entries.map(({ id, title }) => (
            <li key={id}>
              <a href={`#${id}`} className="rounded-xs text-ink-soft hover:text-ink hover:underline">
                {title}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <main id="main" className="flex min-w-0 flex-col gap-14">
        <Guide url={url} />
        {groups.map(({ tag, operations }) => (
          <section key={tag} id={`ref-${tag}`} className="scroll-mt-6">
            <h2 className="border-ink border-b pb-2 font-semibold text-lg">{tag}</h2>
            {operations.map((operation) => (
              <OperationEntry key={operation.id} {...operation} url={url} />
            ))}
          </section>
        ))}
        <section id="shapes" className="scroll-mt-6">
          <h2 className="border-ink border-b pb-2 font-semibold text-lg">Shapes</h2>
          {readShapes(document).map(({ name, type }) => (
            <details key={name} id={`shape-${name}`} className="scroll-mt-6 border-rule border-b">
              <summary className="cursor-pointer py-3 font-mono text-sm hover:bg-well">{name}</summary>
              <div className="pt-1 pb-6">
                <Shape title="Type" code={type} />
              </div>
            </details>
          ))}
        </section>
      </main>
    </div>
  );
}
