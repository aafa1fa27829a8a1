import { isEvent, parseEvent } from '../../../../events/ndjson.js';
import type { EventLog } from '../../../../events/node/eventLog.js';
import type { EventType, MillraceEvent } from '../../../../events/schema.js';
import type { MetricFamily, MetricSample } from './prometheusText.js';

/** What the last event of each type says, in Prometheus's base units. What no event has said is left out. */
export async function runMetrics(log: EventLog | undefined, clients: number): Promise<MetricFamily[]> {
  const served = gauge('millrace_clients', 'Clients that are connected to this server', [{ value: clients }]);
  if (log === undefined) return [served];
  const events = await lastEvents(log);
  const last = <Type extends EventType>(type: Type) =>
    events.find((event): event is Extract<MillraceEvent, { type: Type }> => event.type === type);
  const [run, loss, epoch, evaluation] = [last('run'), last('loss'), last('epoch'), last('evaluation')];
  const [stats, end] = [last('stats'), last('end')];
  const figures = events.filter((event) => event.type === 'metric');
  const newest = events.reduce<MillraceEvent | undefined>(later, undefined);
  const data = stats?.stages.find(({ name }) => name === 'data');
  const tested = [evaluation, epoch].filter((event) => event?.testLoss !== undefined).reduce(later, undefined);
  return [
    gauge('millrace_run', 'The run that is told of; always 1', run && [{ labels: runLabels(run), value: 1 }]),
    gauge('millrace_running', '1 while the run goes on, 0 after its end', run && one(Number(!log.isOver))),
    gauge(
      'millrace_end',
      'How the run ended; always 1',
      end && log.isOver ? [{ labels: { status: end.status }, value: 1 }] : [],
    ),
    gauge('millrace_step', 'Updates done since the run began', newest && one(newest.step)),
    gauge('millrace_epoch', 'The present epoch, counting from 1', newest && one(newest.epoch)),
    gauge('millrace_epochs', 'Epochs that are planned', run && one(run.epochs)),
    counter(
      'millrace_elapsed_seconds_total',
      'Time since the run began, without pauses',
      newest && one(newest.elapsedMs / 1000),
    ),
    gauge('millrace_loss', 'Loss of the last batch that was told', loss && one(loss.loss)),
    gauge('millrace_learning_rate', 'Learning rate of that batch', loss && one(loss.learningRate)),
    gauge('millrace_train_loss', 'Mean loss of the last finished epoch', epoch && one(epoch.trainLoss)),
    gauge(
      'millrace_test_loss',
      'Last loss over the test images',
      tested?.testLoss === undefined ? [] : one(tested.testLoss),
    ),
    gauge('millrace_images_per_second', 'Images trained in a second', stats && one(stats.imagesPerSecond)),
    counter(
      'millrace_images_total',
      'Images that went into the training since its process began',
      data && one(data.items),
    ),
    gauge(
      'millrace_resident_memory_bytes',
      'Memory of the training process',
      stats?.rssBytes === undefined ? [] : one(stats.rssBytes),
    ),
    gauge(
      'millrace_metric',
      'What the run measures itself, by name',
      figures.map(({ name, split = '', unit = '', value }) => ({ labels: { name, split, unit }, value })),
    ),
    counter(
      'millrace_events_total',
      'Events by type',
      [...log.counts].map(([type, value]) => ({ labels: { type }, value })),
    ),
    served,
  ];
}

const SHOWN: readonly EventType[] = ['run', 'loss', 'epoch', 'evaluation', 'stats', 'metric', 'end'];

async function lastEvents(log: EventLog): Promise<readonly MillraceEvent[]> {
  const lines = await log.lastLines(SHOWN);
  return lines.map(parseEvent).filter((read): read is MillraceEvent => read !== undefined && isEvent(read));
}

function later<Event extends MillraceEvent>(one: Event | undefined, other: Event | undefined): Event | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return other.seq > one.seq ? other : one;
}

function runLabels(run: Extract<MillraceEvent, { type: 'run' }>): Record<string, string> {
  return {
    run: run.run,
    version: run.version ?? '',
    dataset: run.dataset.name,
    network: run.architecture?.name ?? '',
    engine: run.engine.name,
  };
}

function one(value: number): readonly MetricSample[] {
  return [{ value }];
}

function gauge(name: string, help: string, samples: readonly MetricSample[] = []): MetricFamily {
  return { name, help, type: 'gauge', samples };
}

function counter(name: string, help: string, samples: readonly MetricSample[] = []): MetricFamily {
  return { name, help, type: 'counter', samples };
}
