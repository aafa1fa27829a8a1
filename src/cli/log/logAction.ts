import { MillraceError } from '../../errors.js';
import { encodeEvent } from '../../events/ndjson.js';
import { createStamp } from '../../events/stamp.js';
import type { AnyEvent } from '../../events/unknownEvent.js';
import { fileSink } from '../../streams/sinks/node/fileSink.js';
import { EXIT } from '../exitCodes.js';
import type { ProgramContext } from '../programContext.js';
import { glyphsOf } from '../show/glyphsOption.js';
import { onSignals } from '../signals.js';
import { type LineView, openLineView } from './lineView.js';
import { LogReader } from './logReader.js';

export interface LogFlags {
  readonly regex: readonly string[];
  readonly events?: string;
  readonly glyphs?: string;
}

/**
 * Reads what another program prints from stdin until that ends, draws it and passes it on.
 * @returns the exit code: that of a signal where one came
 * @throws OptionError for a pattern that is none, SinkError where the events cannot be kept
 */
export async function logAction({ regex, events: path, glyphs }: LogFlags, context: ProgramContext): Promise<number> {
  const { stdin } = context;
  if (stdin.isTTY === true)
    throw new MillraceError({
      code: 'OPTION',
      problem: 'stdin is a terminal, where nobody prints',
      advice: 'Pipe a program into it: python train.py | millrace log',
    });
  const look = glyphsOf(glyphs);
  const reader = new LogReader({ stamp: createStamp(), regex, onNotice: (sentence) => view?.notice(sentence) });
  const sink = path === undefined ? undefined : await fileSink(path);
  let exitCode: number = EXIT.done;
  // The same signal has reached the program that is read, which says its last words now.
  let view: LineView | undefined;
  const releaseSignals = onSignals(
    (code) => {
      exitCode = code;
      void view?.close();
    },
    (code) => context.exit(code),
  );
  const shown = await openLineView(context, look);
  view = shown;
  const take = async (events: readonly AnyEvent[]): Promise<void> => {
    shown.show(events);
    if (events.length > 0) await sink?.write(events.map(encodeEvent).join(''), events.length);
  };
  try {
    for await (const piece of stdin) {
      const bytes = typeof piece === 'string' ? Buffer.from(piece) : (piece as Uint8Array);
      const isTaken = await shown.pass(bytes);
      await take(reader.push(bytes));
      // Who printed into nothing would go on for nobody.
      if (!isTaken && sink === undefined && !shown.isShown) break;
    }
    await take(reader.end(exitCode === EXIT.done ? 'completed' : 'stopped'));
    if (shown.isShown && exitCode === EXIT.done) await shown.left;
  } finally {
    await shown.close();
    await sink?.close();
    releaseSignals();
  }
  return exitCode;
}
