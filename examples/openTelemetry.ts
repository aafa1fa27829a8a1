// Figures of a run as OpenTelemetry metrics (OTLP, JSON over HTTP), to a collector that OTEL_EXPORTER_OTLP_ENDPOINT names.
import { eventSink, run } from 'millrace';

const collector = process.env.OTEL_EXPORTER_OTLP_ENDPOINT ?? 'http://127.0.0.1:4318';
const points = new Map<string, object[]>();

const flush = async (id: string) => {
  const metrics = [...points].map(([name, dataPoints]) => ({ name, gauge: { dataPoints } }));
  points.clear();
  const attributes = [
    { key: 'service.name', value: { stringValue: 'millrace' } },
    { key: 'service.instance.id', value: { stringValue: id } },
  ];
  const response = await fetch(`${collector}/v1/metrics`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      resourceMetrics: [{ resource: { attributes }, scopeMetrics: [{ scope: { name: 'millrace' }, metrics }] }],
    }),
  });
  if (!response.ok) throw new Error(`OpenTelemetry: ${response.status}`);
};

const sink = eventSink(async (event) => {
  const attributes = [{ key: 'step', value: { intValue: String(event.step) } }];
  const record = (name: string, asDouble: number) => {
    const point = { timeUnixNano: `${Date.parse(event.time)}000000`, asDouble, attributes };
    points.set(name, [...(points.get(name) ?? []), point]);
  };
  if (event.type === 'epoch') record('millrace.loss.train', event.trainLoss);
  if (event.type === 'epoch' && event.testLoss !== undefined) record('millrace.loss.test', event.testLoss);
  if (event.type === 'stats') record('millrace.images_per_second', event.imagesPerSecond);
  if ((event.type === 'stats' || event.type === 'epoch') && points.size > 0) await flush(event.run);
});

await run({ limit: 200, epochs: 2, output: false }, { sinks: [sink] }).forEach((event) => {
  if (event.type === 'end') console.log(`${event.status} after ${event.steps} steps`);
});
