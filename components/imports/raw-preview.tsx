import { cn } from '@/components/ui/cn';

const ROWS = 5;

interface RawPreviewProps {
  columns: string[];
  samples: string[][];
  /** While the file is read again. */
  isOld: boolean;
}

/** The first rows as they are read now: a wrong encoding or delimiter is seen at once. */
export function RawPreview({ columns, samples, isOld }: RawPreviewProps) {
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label="The first rows of the file"
      aria-busy={isOld}
      className={cn('overflow-x-auto border-rule border-y transition-opacity', isOld && 'opacity-50')}
    >
      <table className="w-full border-separate border-spacing-0 font-mono text-xs">
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column}
                scope="col"
                className="max-w-64 truncate border-rule-strong border-b bg-well px-3 py-2 text-left font-medium"
              >
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {samples.slice(0, ROWS).map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file have nothing else to be told apart by
            <tr key={index}>
              {columns.map((column, at) => (
                <td key={column} dir="auto" className="max-w-64 truncate border-rule border-b px-3 py-1.5">
                  {row[at] ?? ''}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
