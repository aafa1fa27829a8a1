// The thread in which a run executes: the dashboard never waits for training, and training never waits for the dashboard.
import { parentPort } from 'node:worker_threads';
import { type CreditedSink, messagePortSink } from '../../streams/sinks/messagePortSink.js';
import { createControls } from '../../training/commands/commandQueue.js';
import { run } from '../run.js';
import { type FromWorker, type ToWorker, toPortable, type WorkerTask } from './messages.js';

const port = parentPort;
if (port === null) throw new Error('This module is the entry of a worker thread; call startWorker.');

const controls = createControls();
let sink: CreditedSink | undefined;

port.on('message', (message: ToWorker) => {
  if (message.type === 'begin') begin(message);
  else if (message.type === 'acknowledge') sink?.acknowledge(message.count);
  else controls.send(message.command);
});

const finish = async (error?: unknown): Promise<void> => {
  await sink?.close();
  const done: FromWorker = { type: 'done', ...(error !== undefined && { error: toPortable(error) }) };
  port.postMessage(done);
  port.close();
};

function begin({ config, recorded, commands, wants }: WorkerTask): void {
  const events = messagePortSink(port!, { lines: wants.lines });
  sink = events;
  for (const command of commands) controls.send(command);
  try {
    run(config, {
      sinks: [events],
      controls,
      recorded,
      stdin: process.stdin,
      onHistory: (history) => port!.postMessage({ type: 'history', history } satisfies FromWorker),
      onNotice: (text) => port!.postMessage({ type: 'notice', text } satisfies FromWorker),
    }).subscribe({ ...(wants.events && { next: events.show }), error: finish, complete: finish });
  } catch (error) {
    void finish(error);
  }
}
