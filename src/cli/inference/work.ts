// One command of a trained model: what it has of its surroundings, and how it ends.
import { DataError, OptionError } from '../../errors.js';
import { createProgressLine, type ProgressLine } from '../data/progressLine.js';
import { EXIT, SIGNAL_EXIT } from '../exitCodes.js';
import type { ProgramContext } from '../programContext.js';
import { onSignals } from '../signals.js';

/** What the work of a command has. */
export interface Work {
  readonly context: ProgramContext;
  /** Aborts at Ctrl-C. */
  readonly signal: AbortSignal;
  readonly line: ProgressLine;
  /** Does what Ctrl-C does, where a terminal hands that on as a key. */
  readonly interrupt: () => void;
}

/**
 * Does the work of a command; the first Ctrl-C ends it, and nothing half-written stays.
 * @returns the exit code
 */
export async function doWork(context: ProgramContext, work: (given: Work) => Promise<void>): Promise<number> {
  const controller = new AbortController();
  const line = createProgressLine(context);
  let stopped: number = SIGNAL_EXIT.SIGINT;
  const releaseSignals = onSignals((exitCode) => {
    stopped = exitCode;
    controller.abort();
  }, context.exit);
  try {
    const interrupt = (): void => {
      if (controller.signal.aborted) context.exit(stopped);
      controller.abort();
    };
    await work({ context, signal: controller.signal, line, interrupt });
    return EXIT.done;
  } catch (error) {
    if (!controller.signal.aborted || error instanceof OptionError) throw error;
    line.clear();
    context.stderr.write('Stopped. Nothing half-written was left.\n');
    return stopped;
  } finally {
    line.clear();
    releaseSignals();
  }
}

/**
 * Batches as they come, with how many items have on a line.
 * @throws DataError `DATA_EMPTY` where none comes: there is no file of nothing
 */
export async function* withProgress<Batch extends { readonly length: number }>(
  batches: AsyncIterable<Batch>,
  { line, signal }: Work,
  items: number | undefined,
  onItems: (done: number) => void = () => undefined,
): AsyncGenerator<Batch, void> {
  let done = 0;
  for await (const batch of batches) {
    signal.throwIfAborted();
    yield batch;
    done += batch.length;
    onItems(done);
    line.show(
      items === undefined ? `${done} images` : `${done} of ${items} images, ${Math.floor((100 * done) / items)} %`,
    );
  }
  // A stream that was stopped between two batches ends as a whole one does.
  signal.throwIfAborted();
  if (done > 0) return;
  throw new DataError({
    code: 'DATA_EMPTY',
    expected: 'one image at least',
    actual: 'none',
    advice: 'Check the program, or the file, that they come from.',
  });
}
