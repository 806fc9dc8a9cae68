/** Stands while something that was asked for is on its way; seen only when that takes long. */
export function Coming() {
  return (
    <span
      role="status"
      style={{ animationDelay: '800ms', animationFillMode: 'both' }}
      className="fixed right-4 bottom-4 z-50 animate-fade rounded-lg border border-rule-strong bg-sheet p-4 text-sm shadow-lift"
    >
      Waiting for an answer from Waybill…
    </span>
  );
}
