import { Code } from '@/components/ui/code';
import { curlOf } from './curl-of';
import type { Operation } from './read-reference';

/** One operation: its line, and on opening what it takes and answers. */
export function OperationEntry({ url, ...operation }: Operation & { url: string }) {
  const { id, method, path, summary, scope, parameters, body, isFile, status, answer } = operation;
  return (
    <details id={id} className="group scroll-mt-6 border-rule border-b">
      <summary className="flex cursor-pointer flex-wrap items-baseline gap-x-3 gap-y-0.5 py-3 hover:bg-well">
        <span className="w-14 shrink-0 font-medium font-mono text-xs">{method}</span>
        <span className="font-mono text-sm [overflow-wrap:anywhere]">{path}</span>
        <span className="basis-full text-ink-soft text-sm sm:pl-[4.25rem]">{summary}</span>
      </summary>
      <div className="flex flex-col gap-4 pt-1 pb-6 text-sm sm:pl-[4.25rem]">
        <p>
          {scope ? (
            <>
              Needs <Code>{scope}</Code>.
            </>
          ) : (
            'Which scope it needs depends on what is asked.'
          )}
        </p>
        {parameters.length > 0 && (
          <ul className="flex flex-col gap-1.5">
            {parameters.map(({ name, place, type, required, description }) => (
              <li key={`${place} ${name}`} className="[overflow-wrap:anywhere]">
                <Code>{name}</Code>{' '}
                <span className="text-ink-faint text-xs">{required ? place : `${place}, optional`}</span>{' '}
                <span className="font-mono text-ink-soft text-xs">{type}</span>
                {description && <span className="block text-ink-soft text-xs">{description}</span>}
              </li>
            ))}
          </ul>
        )}
        {body && <Shape title="Body" code={isFile ? 'The file as it is' : body} />}
        <Shape title={`Answer ${status}`} code={answer ?? '(empty)'} />
        <Shape title="Example" code={curlOf(operation, url)} />
      </div>
    </details>
  );
}

/** Plain text: hundreds of these stand on the page, closed. */
export function Shape({ title, code }: { title: string; code: string }) {
  return (
    <div className="min-w-0">
      <p className="pb-1 text-ink-faint text-xs">{title}</p>
      <pre className="whitespace-pre-wrap rounded-md border border-rule bg-well p-4 font-mono text-xs leading-5 [overflow-wrap:anywhere]">
        {code}
      </pre>
    </div>
  );
}
