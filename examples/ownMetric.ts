// A pipeline of your own as a run with a figure of your own: its events go to a file that `millrace watch` draws.
import {
  checkArchitecture,
  createEngine,
  createStamp,
  deliver,
  fileSink,
  measure,
  metric,
  mnist,
  pipeline,
  preset,
  train,
  withRunEvents,
} from 'millrace';

const digits = await mnist();
const data = digits.train.take(100);
const engine = await createEngine({ network: checkArchitecture(preset('transpose', data.shape)) });

// Shared, so that the events are numbered as one stream.
const stamp = createStamp();
const file = await fileSink(process.env.EVENTS ?? `${stamp.run}.ndjson`);

const events = pipeline(
  data.batches({ size: 20, epochs: 2 }),
  train(engine, { stamp, testData: digits.test.take(20) }),
  measure(stamp, (event) =>
    event.type === 'epoch' && event.testLoss !== undefined
      ? metric('psnr', -10 * Math.log10(event.testLoss), { unit: 'dB', split: 'test' })
      : undefined,
  ),
  withRunEvents({ stamp, engine, data, epochs: 2, stepsPerEpoch: 5, config: { batchSize: 20 } }),
  deliver(file),
);

await events.forEach((event) => {
  if (event.type === 'metric')
    console.log(`epoch ${event.epoch}: ${event.name} ${event.value.toFixed(2)} ${event.unit}`);
  if (event.type === 'end')
    console.log(`${event.status} after ${event.steps} steps, in the file ${event.seq + 1} events`);
});
await file.close();
engine.dispose();
