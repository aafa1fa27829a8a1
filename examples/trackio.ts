// A run in trackio, through its HTTP interface. TRACKIO_SERVER says where it is, TRACKIO_TOKEN is the write token that it prints.
import { eventSink, run } from 'millrace';

const server = process.env.TRACKIO_SERVER ?? 'http://127.0.0.1:7860';
let logs: object[] = [];

const flush = async () => {
  const response = await fetch(`${server}/api/bulk_log`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'X-Trackio-Write-Token': process.env.TRACKIO_TOKEN ?? '' },
    body: JSON.stringify({ logs, hf_token: null }),
  });
  if (!response.ok) throw new Error(`trackio: ${await response.text()}`);
  logs = [];
};

let config: Record<string, unknown> | undefined;
const sink = eventSink(async (event) => {
  const { run, seq, step } = event;
  // What is sent twice has the same log_id, and counts once.
  const log = (metrics: object) =>
    logs.push({ project: 'millrace', run, run_id: run, log_id: `${run}-${seq}`, step, metrics, config });
  if (event.type === 'run') config = event.config;
  if (event.type === 'loss') log({ loss: event.loss, learning_rate: event.learningRate });
  if (event.type === 'epoch') log({ train_loss: event.trainLoss, test_loss: event.testLoss });
  if (logs.length > 0 && (logs.length >= 1000 || event.type === 'epoch' || event.type === 'end')) await flush();
});

await run({ limit: 200, epochs: 2, output: false }, { sinks: [sink] }).forEach((event) => {
  if (event.type === 'end') console.log(`${event.status} after ${event.steps} steps`);
});
