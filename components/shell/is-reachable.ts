/** Whether Waybill answers at all. Asked before a page is drawn anew by itself: without an answer the browser would leave the page for one of its own. */
export async function isReachable(): Promise<boolean> {
  try {
    await fetch('/icon.svg', { method: 'HEAD', cache: 'no-store' });
    return true;
  } catch {
    return false;
  }
}
