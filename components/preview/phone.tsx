import type { ReactNode } from 'react';

interface PhoneProps {
  from: string;
  children: ReactNode;
}

/** A text message as it arrives. */
export function Phone({ from, children }: PhoneProps) {
  return (
    <div className="mx-auto w-full max-w-[22rem] rounded-lg border border-rule-strong bg-sheet">
      <p className="truncate border-rule border-b px-4 py-2.5 text-center font-medium text-sm">{from}</p>
      <div className="flex min-h-72 flex-col items-start gap-1 p-4">{children}</div>
    </div>
  );
}

/** One bubble; `parts` are what the network sends one by one, divided by a line that the customer does not see. */
export function Bubble({ parts }: { parts: readonly string[] }) {
  return (
    <p className="max-w-full whitespace-pre-wrap rounded-lg rounded-bl-xs bg-well px-3 py-2 [overflow-wrap:anywhere]">
      {parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: segments are known by their number
        <span key={index}>
          {index > 0 && (
            <span
              aria-hidden="true"
              title={`Part ${index + 1} begins here`}
              className="mx-0.5 inline-block h-4 w-px bg-attention align-middle"
            />
          )}
          {part}
        </span>
      ))}
    </p>
  );
}
