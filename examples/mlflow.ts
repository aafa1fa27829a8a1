// A run in MLflow, through its REST interface: what it was given, its losses, how it ended. MLFLOW_TRACKING_URI says where the server is.
import { eventSink, run } from 'millrace';
import { lastValueFrom } from 'rxjs';

const server = process.env.MLFLOW_TRACKING_URI ?? 'http://127.0.0.1:5000';
const post = async (path: string, body: object) => {
  const response = await fetch(`${server}/api/2.0/mlflow/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ run_id: id, ...body }),
  });
  if (!response.ok) throw new Error(`MLflow: ${await response.text()}`);
  return (await response.json()) as { run: { info: { run_id: string } } };
};

let id: string | undefined;
let metrics: object[] = [];
const flush = async () => {
  if (metrics.length > 0) await post('runs/log-batch', { metrics });
  metrics = [];
};

const sink = eventSink(async (event) => {
  const timestamp = Date.parse(event.time);
  const log = (key: string, value: number) => metrics.push({ key, value: String(value), timestamp, step: event.step });
  if (event.type === 'run') {
    const created = await post('runs/create', { experiment_id: '0', run_name: event.run, start_time: timestamp });
    id = created.run.info.run_id;
    const params = Object.entries(event.config ?? {}).map(([key, value]) => ({ key, value: JSON.stringify(value) }));
    await post('runs/log-batch', { params });
  } else if (event.type === 'loss') log('loss', event.loss);
  else if (event.type === 'epoch') log('train_loss', event.trainLoss) && log('test_loss', event.testLoss ?? Number.NaN);
  // It takes 1,000 at once.
  if (metrics.length >= 998 || event.type === 'epoch' || event.type === 'end') await flush();
  if (event.type === 'end')
    await post('runs/update', { status: event.error ? 'FAILED' : 'FINISHED', end_time: timestamp });
});

await lastValueFrom(run({ limit: 200, epochs: 2, output: false }, { sinks: [sink] }));
console.log(`${server}/#/experiments/0/runs/${id}`);
