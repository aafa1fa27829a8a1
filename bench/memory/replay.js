// An hour's worth of events in one process: stamped, written to a file sink, read again line by line, and reduced to what
// the dashboard shows.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Observable } from 'rxjs';
import { initialState, reduce } from '../../dist/dashboard/state.js';
import { EventReader, isEvent } from '../../dist/events/ndjson.js';
import { createStamp } from '../../dist/events/stamp.js';
import { RunProgress } from '../../dist/run/runProgress.js';
import { withFlow } from '../../dist/streams/flow.js';
import { deliver } from '../../dist/streams/sinks/deliver.js';
import { fileSink } from '../../dist/streams/sinks/node/fileSink.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');

const STEPS_PER_EPOCH = 3000;
const SAMPLE_EVERY = 500;
const STATS_EVERY = 2000;
/** Events between two turns of the event loop, and between two looks at whether there is room. */
const SLICE = 1000;
const PIXELS = Buffer.alloc(28 * 28, 100).toString('base64');

/** @returns readings of the memory, `parts` of them after the first, at even distances */
export async function replay(count, parts = 10) {
  const readings = [];
  const progress = new RunProgress();
  const reader = new EventReader();
  let state = initialState;
  const dashboard = {
    write(lines) {
      for (const event of reader.push(lines).filter(isEvent)) state = reduce(state, event);
    },
    close: async () => undefined,
  };
  const file = await fileSink('/dev/null');
  let seen = 0;
  const read = () => readings.push({ events: seen, step: state.step, ...memory() });
  await new Promise((resolve, reject) => {
    const events = withFlow({}, (flow) => deliver(file, dashboard)(generated(count, flow), flow));
    events.subscribe({
      next(event) {
        progress.add(event);
        if (seen % Math.ceil(count / parts) === 0) read();
        seen++;
      },
      error: reject,
      complete: resolve,
    });
  });
  read();
  await file.close();
  return readings;
}

function memory() {
  collectGarbage();
  const { heapUsed, rss, arrayBuffers } = process.memoryUsage();
  return { heapMegabytes: heapUsed / 1e6, rssMegabytes: rss / 1e6, bufferMegabytes: arrayBuffers / 1e6 };
}

/** Emits only while the flow has room, as the training does. */
function generated(count, flow) {
  return new Observable((subscriber) => {
    const bodies = eventBodies();
    const stamp = createStamp({ run: '20261124-120000-abcd' });
    const work = async () => {
      for (let at = 0; at < count && !subscriber.closed; ) {
        await flow.ready();
        for (const end = Math.min(count, at + SLICE); at < end && flow.ready() === undefined; at++) {
          const { body, position } = bodies.next().value;
          flow.emit(() => subscriber.next(stamp(body, position)));
        }
        await new Promise((resolve) => setImmediate(resolve));
      }
      subscriber.complete();
    };
    work().catch((error) => subscriber.error(error));
  });
}

function* eventBodies() {
  yield { body: RUN, position: { epoch: 1, step: 0 } };
  for (let step = 1; ; step++) {
    const epoch = Math.ceil(step / STEPS_PER_EPOCH);
    const loss = 0.01 + 0.2 / Math.sqrt(step) + 0.001 * Math.sin(step);
    const at = (body) => ({ body, position: { epoch, step } });
    yield at({ type: 'loss', loss, items: 20, learningRate: 0.001 });
    if (step % SAMPLE_EVERY === 0) yield at(sample(loss));
    if (step % STATS_EVERY === 0) yield at({ type: 'stats', imagesPerSecond: 4e4, rssBytes: 2e8, stages: STAGES });
    if (step % STEPS_PER_EPOCH === 0)
      yield at({
        type: 'epoch',
        trainLoss: loss,
        testLoss: loss,
        printedLoss: 20 * loss,
        imagesPerSecond: 4e4,
        durationMs: 1,
      });
  }
}

const STAGES = ['data', 'train'].map((name) => ({
  ...{ name, items: 1, bytes: 1, busyMs: 1, waitingMs: 1, blockedMs: 1, dropped: 0 },
}));

function sample(loss) {
  const items = Array.from({ length: 10 }, (_, index) => ({
    ...{ index, label: index, loss, input: PIXELS, reconstruction: PIXELS },
  }));
  return { type: 'sample', split: 'test', shape: [28, 28, 1], items };
}

const RUN = {
  type: 'run',
  schema: 1,
  version: '0.0.0',
  config: { batchSize: 20 },
  dataset: { name: 'mnist', source: 'memory', items: 60_000, testItems: 10_000, shape: [28, 28, 1], sample: false },
  architecture: { name: 'transpose', input: [28, 28, 1], encoder: [], decoder: [] },
  parameters: 1077,
  engine: { name: 'simd', backend: 'wasm-simd', threads: 1, reason: 'none' },
  seed: 1,
  epochs: 1_000_000,
  stepsPerEpoch: STEPS_PER_EPOCH,
};
