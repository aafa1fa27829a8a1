import { extname } from 'node:path';
import { OptionError } from '../../../errors.js';
import type { EpochEvent, LossEvent, MetricEvent } from '../../../events/schema.js';
import type { EventSink } from '../eventSink.js';
import { CsvTable } from './csvTable.js';

/** The columns of each table, by the names that the events have. */
const LOSSES = ['step', 'epoch', 'loss', 'learningRate', 'items', 'elapsedMs'] as const;
const EPOCHS = ['epoch', 'step', 'trainLoss', 'testLoss', 'imagesPerSecond', 'durationMs', 'elapsedMs'] as const;
const METRICS = ['step', 'epoch', 'name', 'split', 'value', 'unit'] as const;

/**
 * Figures as tables for spreadsheets and data frames (RFC 4180, with a row of names, LF): the losses in `path`, a row for each `loss`
 * event; the epochs beside it, `losses-epochs.csv` for `losses.csv`; `metric` events, where there are any, in `losses-metrics.csv`.
 *
 * A rollback or a resume goes back to a lower step: of two rows with one step the later one counts. Files are written as by
 * `fileSink`: they are new or empty, and left with whole rows.
 *
 * @throws OptionError where `path` is none; SinkError `SINK_EXISTS` where one of them holds something, `SINK_UNWRITABLE` where it
 * is no file or none can be made. Writing fails with `SINK_UNWRITABLE` too
 *
 * @example
 * const sink = await csvSink(`${place}/losses.csv`);
 * await lastValueFrom(pipeline(digits.train.batches(), train(engine), toSink(sink)));
 * console.log(readFileSync(`${place}/losses.csv`, 'utf8').split('\n')[0]); // step,epoch,loss,learningRate,items,elapsedMs
 * console.log(existsSync(`${place}/losses-epochs.csv`)); // true
 */
export async function csvSink(path: string): Promise<EventSink> {
  if (typeof path !== 'string' || path === '' || path === '-')
    throw new OptionError('path', path, 'the path of a file', 'There is more than one table.');
  const beside = (table: string): string => {
    const extension = extname(path);
    return `${path.slice(0, path.length - extension.length)}-${table}${extension}`;
  };
  const [losses, epochs, metrics] = [
    new CsvTable<LossEvent>(path, LOSSES),
    new CsvTable<EpochEvent>(beside('epochs'), EPOCHS),
    new CsvTable<MetricEvent>(beside('metrics'), METRICS),
  ];
  const tables = [losses, epochs, metrics];
  const close = async (): Promise<void> => {
    const closings = await Promise.allSettled(tables.map((table) => table.close()));
    const failed = closings.find((closing) => closing.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  };
  try {
    for (const table of tables) await table.refuseOther();
    await losses.open();
    await epochs.open();
  } catch (error) {
    await close().catch(() => undefined);
    throw error;
  }
  return {
    takes: 'events',
    write(event) {
      if (event.type === 'loss') return losses.write(event);
      if (event.type === 'epoch') return epochs.write(event);
      return event.type === 'metric' ? metrics.write(event) : undefined;
    },
    close,
  };
}
