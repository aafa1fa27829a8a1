/** Shorter waits need no word. */
const PATIENCE_MS = 1000;

/** Waits for something, and says once what for where that takes longer than a moment. @param patienceMs @default 1000 */
export async function noticeWhileWaiting<T>(
  awaited: Promise<T>,
  notice: () => void,
  patienceMs: number = PATIENCE_MS,
): Promise<T> {
  const timer = setTimeout(notice, patienceMs);
  try {
    return await awaited;
  } finally {
    clearTimeout(timer);
  }
}
