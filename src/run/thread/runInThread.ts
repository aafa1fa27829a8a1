import { Readable } from 'node:stream';
import { Observable, type Subscriber } from 'rxjs';
import { OptionError } from '../../errors.js';
import type { Command, CommandProblem } from '../../events/commands/command.js';
import { EventReader } from '../../events/ndjson.js';
import type { MillraceEvent } from '../../events/schema.js';
import { lineSink } from '../../streams/sinks/lineSink.js';
import type { Sink } from '../../streams/sinks/sink.js';
import { type CommandQueue, createCommandQueue } from '../../training/commands/commandQueue.js';
import type { RunInput } from '../config.js';
import type { RunOptions } from '../runOptions.js';
import { PART_NAMES } from './exportedParts.js';
import { fromPortable } from './portableError.js';
import { runInWorker } from './runInWorker.js';
import { startWorker } from './startWorker.js';

/** @throws OptionError where a worker is no address, or a part is given that its module has to export */
export function requireWorker(options: RunOptions): void {
  const { worker } = options;
  if (!(worker instanceof URL))
    throw new OptionError(
      'worker',
      worker,
      'a URL',
      "Give new URL('./mine.js', …), relative to the url of import.meta.",
    );
  for (const part of PART_NAMES)
    if (options[part] !== undefined)
      throw new OptionError(part, options[part], 'nothing with a worker', "Export it from the worker's module.");
}

/** `run` in a thread of its own, with the parts that a module exports: the same events, in the same order, from there. */
export function runInThread(
  input: RunInput,
  options: RunOptions & { readonly worker: URL },
): Observable<MillraceEvent> {
  const { worker, sinks = [], commands = createCommandQueue(), recorded = {}, onNotice, onHistory } = options;
  return new Observable((subscriber) => {
    const stdin = input.data === '-' ? readable(options.stdin ?? process.stdin) : undefined;
    let sinkFailure: { readonly error: unknown } | undefined;
    const running = runInWorker(startWorker({ hasStdin: stdin !== undefined }), input, {
      module: worker,
      sinks: [
        ...sinks.map((sink) => keptOpen(lineSink(sink))),
        emittingSink(subscriber, () => sinkFailure === undefined),
      ],
      shown: false,
      recorded,
      commands: waiting(commands),
      stop: new AbortController(),
      ...(stdin && { stdin }),
      onEvents: () => undefined,
      onNotice: (text) => onNotice?.(text),
      onHistory: async (history) => onHistory?.(history),
      onSinkError(error) {
        sinkFailure ??= { error };
        running.send({ action: 'stop', from: 'rule' });
      },
    });
    subscriber.add(commands.listen(() => waiting(commands).forEach(running.send)));
    subscriber.add(() => stdin?.destroy());
    subscriber.add(() => running.giveUp());
    void running.done.then((error) => {
      if (sinkFailure !== undefined) subscriber.error(sinkFailure.error);
      else if (error !== undefined) subscriber.error(fromPortable(error));
      else subscriber.complete();
    });
  });
}

/** Emits what has been written, as a run does. */
function emittingSink(subscriber: Subscriber<MillraceEvent>, isWritten: () => boolean): Sink {
  const reader = new EventReader();
  return {
    write(lines) {
      if (isWritten()) for (const event of reader.push(lines)) subscriber.next(event as MillraceEvent);
    },
    close: async () => undefined,
  };
}

/** The caller closes its sinks. */
function keptOpen(sink: Sink): Sink {
  return { write: (lines, count) => sink.write(lines, count), close: async () => undefined };
}

/** Takes all that wait, whatever step they wait for: the queue in the thread keeps them until then. */
function waiting(commands: CommandQueue): (Command | CommandProblem)[] {
  const taken: (Command | CommandProblem)[] = [];
  while (commands.dueAt < Number.POSITIVE_INFINITY) taken.push(commands.take(commands.dueAt)!);
  return taken;
}

function readable(stdin: AsyncIterable<Uint8Array>): Readable {
  return stdin instanceof Readable ? stdin : Readable.from(stdin, { objectMode: false });
}
