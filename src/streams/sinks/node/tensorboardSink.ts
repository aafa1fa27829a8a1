import { readdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { OptionError, SinkError } from '../../../errors.js';
import { runNameOf } from '../../../events/runName.js';
import type { MillraceEvent } from '../../../events/schema.js';
import type { EventSink } from '../eventSink.js';
import { restartRecord, summaryRecord, versionRecord } from '../tensorboard/eventRecords.js';
import { eventValues, secondsOf } from '../tensorboard/eventValues.js';
import { AppendedFile } from './appendedFile.js';
import { openSinkFolder } from './sinkFolder.js';

/**
 * Events as TensorBoard's event files: each run in a folder of its own inside `folder`, called by its name and id, so that
 * `tensorboard --logdir FOLDER` has them side by side.
 *
 * Scalars: `loss/batch` and `learning_rate` of every `loss` event, `loss/train` and `loss/test` of epochs, `images_per_second`, and
 * `metric` events by their names; all of them 32-bit floats, as TensorBoard keeps them. Images: `sample` (inputs over
 * reconstructions) and `filters`. Histograms: `weights` (of the filters that the events show) and `latent`, counted from values of
 * 8 bits. The configuration (HParams), both losses in one chart (Custom Scalars), and the network as a table (Text).
 *
 * What is written is in the file after a second at the latest. A run that is resumed gets a further file there, in which, as after a
 * rollback, what came after that step is void.
 *
 * @throws OptionError where `folder` is no path; SinkError `SINK_UNWRITABLE` where it cannot be written. Writing fails with that too,
 * and with `SINK_EXISTS` where there are events of this run already
 * @see https://github.com/tensorflow/tensorboard/blob/master/tensorboard/compat/proto/event.proto
 *
 * @example
 * const sink = await tensorboardSink(`${place}/logs`);
 * await lastValueFrom(pipeline(digits.train.batches(), train(engine, { stamp: createStamp({ run: 'mine' }) }), toSink(sink)));
 * console.log(existsSync(`${place}/logs/mine`)); // true
 */
export async function tensorboardSink(folder: string): Promise<EventSink> {
  if (typeof folder !== 'string' || folder === '') throw new OptionError('folder', folder, 'the path of a folder');
  const removeEmpty = await openSinkFolder(folder);
  let file: AppendedFile | undefined;
  let run: string | undefined;

  const begin = async (event: MillraceEvent): Promise<void> => {
    await file?.close();
    file = undefined;
    const path = join(folder, folderNameOf(event));
    await openSinkFolder(path);
    const resumed = event.type === 'run' ? event.resumedFrom : undefined;
    // Another beginning of the run that is being written is a resume too: a file that is read from the start again.
    const isNew = resumed === undefined && run !== event.run;
    file = await AppendedFile.create(await newFileIn(path, isNew, secondsOf(event)));
    run = event.run;
    await file.append(versionRecord(secondsOf(event)));
    if (!isNew) await file.append(restartRecord(secondsOf(event), (resumed?.step ?? event.step) + 1));
  };
  const append = (event: MillraceEvent): Promise<void> | undefined => {
    if (event.type === 'command' && event.action === 'rollback')
      return file?.append(restartRecord(secondsOf(event), event.step + 1));
    const values = eventValues(event);
    return values.length === 0 ? undefined : file?.append(summaryRecord(secondsOf(event), event.step, values));
  };
  return {
    takes: 'events',
    write(event) {
      if (event.type !== 'run' && event.run === run) return append(event);
      return begin(event).then(() => append(event));
    },
    async close() {
      await file?.close();
      await removeEmpty();
    },
  };
}

/** The id, and the name before it where there is one. Whatever a file calls them, they name a folder inside. */
function folderNameOf(event: MillraceEvent): string {
  const name = event.type === 'run' ? runNameOf(event) : undefined;
  const words = [name, event.run].flatMap((word) => (word === undefined ? [] : [word.replace(/[^\w.-]+/g, '-')]));
  return words.join('-').replace(/^\.+/, '').slice(-MOST_CHARACTERS) || 'run';
}

/** A file's name may have 255. */
const MOST_CHARACTERS = 120;
const FILE_NAME = /tfevents\.(\d{10})/;

/**
 * The path of the next file: files are read in the order of their names.
 * @param seconds since 1970
 * @throws SinkError `SINK_EXISTS` where it is to be the first one and is not
 */
async function newFileIn(folder: string, isFirst: boolean, seconds: number): Promise<string> {
  const times = (await readdir(folder)).flatMap((name) => FILE_NAME.exec(name)?.slice(1).map(Number) ?? []);
  if (isFirst && times.length > 0)
    throw new SinkError({
      code: 'SINK_EXISTS',
      path: folder,
      problem: 'events of this run are here already',
      advice: 'Choose another folder, or remove this one; runs are never mixed or overwritten.',
    });
  const time = Math.max(Math.floor(seconds), ...times.map((earlier) => earlier + 1));
  const host = hostname().replace(/[^\w-]+/g, '-');
  return join(folder, `events.out.tfevents.${String(time).padStart(10, '0')}.${host}.${process.pid}.0`);
}
