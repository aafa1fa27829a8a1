import type { Readable } from 'node:stream';
import type { MessagePort } from 'node:worker_threads';
import { type CreditedSink, messagePortSink } from '../../streams/sinks/messagePortSink.js';
import { createCommandQueue } from '../../training/commands/commandQueue.js';
import { run } from '../run.js';
import { loadOwnParts } from './loadOwnParts.js';
import type { FromWorker, ToWorker, WorkerTask } from './messages.js';
import { toPortable } from './portableError.js';

/**
 * The other end of `runInWorker`: waits at a port to hear which run it is to be, and is that run.
 * @param stdin what `data: '-'` reads
 * @returns gives the run up at once
 */
export function serveRun(port: MessagePort, stdin: Readable): () => void {
  const queue = createCommandQueue();
  let sink: CreditedSink | undefined;
  let isGivenUp = false;
  let stop = (): void => {
    isGivenUp = true;
  };

  const finish = async (error?: unknown): Promise<void> => {
    await sink?.close();
    const done: FromWorker = { type: 'done', ...(error !== undefined && { error: toPortable(error) }) };
    port.postMessage(done);
    port.close();
  };
  const begin = async ({ config, module, recorded, commands, wants }: WorkerTask): Promise<void> => {
    const events = messagePortSink(port, { lines: wants.lines });
    sink = events;
    for (const command of commands) queue.send(command);
    try {
      const parts = module === undefined ? {} : await loadOwnParts(module);
      if (isGivenUp) return;
      const running = run(config, {
        ...parts,
        sinks: [events],
        commands: queue,
        recorded,
        stdin,
        onHistory: (history) => port.postMessage({ type: 'history', history } satisfies FromWorker),
        ...(wants.live && {
          onLiveSample: (sample) => port.postMessage({ type: 'live', sample } satisfies FromWorker),
        }),
        onNotice: (text) => port.postMessage({ type: 'notice', text } satisfies FromWorker),
      }).subscribe({ ...(wants.events && { next: events.show }), error: finish, complete: finish });
      stop = () => running.unsubscribe();
    } catch (error) {
      void finish(error);
    }
  };
  port.on('message', (message: ToWorker) => {
    if (message.type === 'begin') void begin(message);
    else if (message.type === 'acknowledge') sink?.acknowledge(message.count);
    else if (message.type === 'command') queue.send(message.command);
    else {
      stop();
      // The thread ends by itself when everything is closed.
      port.close();
    }
  });
  return () => stop();
}
