// A run in trackio, through its HTTP interface. TRACKIO_SERVER says where it is, TRACKIO_TOKEN is its write token.
import { eventSink, run } from 'millrace';

const server = process.env.TRACKIO_SERVER ?? 'http://127.0.0.1:7860';
const figures = { names: [] as object[], steps: [] as number[], timestamps: [] as string[] };

const flush = async (name: string) => {
  const response = await fetch(`${server}/api/bulk_log`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'X-Trackio-Write-Token': process.env.TRACKIO_TOKEN ?? '' },
    body: JSON.stringify({
      project: 'millrace',
      run: name,
      metrics_list: figures.names.splice(0),
      steps: figures.steps.splice(0),
      timestamps: figures.timestamps.splice(0),
    }),
  });
  if (!response.ok) throw new Error(`trackio: ${await response.text()}`);
};

const sink = eventSink(async (event) => {
  const log = (metrics: object) => {
    figures.names.push(metrics);
    figures.steps.push(event.step);
    figures.timestamps.push(event.time);
  };
  if (event.type === 'loss') log({ loss: event.loss, learning_rate: event.learningRate });
  if (event.type === 'epoch') log({ train_loss: event.trainLoss, test_loss: event.testLoss });
  if (event.type === 'epoch' || event.type === 'end') await flush(event.run);
});

await run({ limit: 200, epochs: 2, output: false }, { sinks: [sink] }).forEach((event) => {
  if (event.type === 'end') console.log(`${event.status} after ${event.steps} steps`);
});
