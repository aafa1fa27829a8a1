import type { CliStreams } from '../programContext.js';

/** Work that ends sooner needs no progress. */
const PATIENCE_MS = 500;
const INTERVAL_MS = 100;
const CLEAR_LINE = '\r\u001b[K';

/** One line on stderr that is overwritten in place; nothing where stderr is not a terminal. */
export interface ProgressLine {
  show(text: string): void;
  /** Makes the line empty again, for what is printed next. */
  clear(): void;
}

/** @param now milliseconds. @default the system's clock */
export function createProgressLine(
  { stderr, environment }: Pick<CliStreams, 'stderr' | 'environment'>,
  now: () => number = () => performance.now(),
): ProgressLine {
  const enabled = stderr.isTTY === true && environment.TERM !== 'dumb';
  let due = now() + PATIENCE_MS;
  let shown = false;
  return {
    show(text) {
      if (!enabled || now() < due) return;
      due = now() + INTERVAL_MS;
      shown = true;
      stderr.write(`${CLEAR_LINE}${text.slice(0, (stderr.columns ?? 80) - 1)}`);
    },
    clear() {
      if (shown) stderr.write(CLEAR_LINE);
      shown = false;
      due = now() + PATIENCE_MS;
    },
  };
}
