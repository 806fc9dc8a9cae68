'use client';

interface Props {
  error: Error & { digest?: string };
  reset: () => void;
}

const sheet = { font: '16px/1.5 system-ui, sans-serif', maxWidth: '28rem', margin: '20vh auto', padding: '0 1.5rem' };

/** The last resort, when not even the frame of the pages could be drawn; needs no style sheet. */
export default function GlobalError({ error, reset }: Props) {
  return (
    <html lang="en" style={{ colorScheme: 'light dark' }}>
      <body>
        <main style={sheet}>
          <h1 style={{ fontSize: '1.5rem' }}>Waybill could not be shown</h1>
          <p>Something went wrong on our side. Nothing was changed, and sending goes on by itself.</p>
          <button type="button" onClick={reset} style={{ font: 'inherit', padding: '0.5rem 1rem' }}>
            Try again
          </button>
          {error.digest && <p>Reference: {error.digest}</p>}
        </main>
      </body>
    </html>
  );
}
