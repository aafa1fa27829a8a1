// A kept run as a whole: its configuration, the figures of its epochs, its checkpoints.
import { lstat, readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { runNameOf } from '../../events/runName.js';
import type { EndEvent, EpochEvent, MillraceEvent, RunEvent } from '../../events/schema.js';
import { eventFileOf } from './findRun.js';
import { noRunIn, readEvents } from './runEvents.js';
import { EVENTS_FILE, isCheckpointFile, MODEL_FILE } from './runFolder.js';
import { type KeptRunState, summariseRun } from './runSummary.js';

/** A checkpoint in a run folder. */
export interface KeptCheckpointFile {
  /** Its name in the folder. */
  readonly file: string;
  readonly bytes: number;
  /** Updates done when it was made; absent for a model of which no event tells. */
  readonly step?: number;
  /** Whether its epoch was the best by then. */
  readonly best?: boolean;
}

/** What is known of a kept run. */
export interface RunRecord {
  readonly id: string;
  /** What it was called with `name`. */
  readonly name?: string;
  /** Its event file. */
  readonly events: string;
  readonly state: KeptRunState;
  /** What it last said of itself: configuration, data, network, engine. */
  readonly run: RunEvent;
  /** Its finished epochs. */
  readonly epochs: readonly EpochEvent[];
  /** The checkpoints in its folder; none for an event file elsewhere. */
  readonly checkpoints: readonly KeptCheckpointFile[];
  /** How it ended; absent for a run that goes on or was interrupted. */
  readonly end?: EndEvent;
}

/**
 * Reads a kept run from its beginning to its end.
 *
 * @param path a run folder, an event file, the id or the name of a run kept under `runs/`. @default the newest of these
 * @throws RunError `RUN_NOT_FOUND` where there is no run, or no event of one
 * @example
 * const { name, epochs, checkpoints } = await readRun(`${place}/baseline`);
 * console.log(name, epochs.length, checkpoints.at(-1)?.file); // baseline 1 model.safetensors
 */
export async function readRun(path?: string): Promise<RunRecord> {
  const events = await eventFileOf(path);
  const told = new ToldRun();
  for await (const event of readEvents(events)) told.add(event);
  const { run, end } = told;
  if (run === undefined) throw noRunIn(events);
  const name = runNameOf(run);
  return {
    id: run.run,
    ...(name !== undefined && { name }),
    events,
    state: end?.status ?? (await summariseRun(events, Date.now()))?.state ?? 'interrupted',
    run,
    epochs: told.epochs,
    checkpoints: basename(events) === EVENTS_FILE ? await checkpointsIn(dirname(events), told.checkpoints) : [],
    ...(end !== undefined && { end }),
  };
}

type CheckpointTold = Pick<KeptCheckpointFile, 'step' | 'best'>;

/** What the events come to. A resume goes on after an end; a rollback takes back what came after its step. */
class ToldRun {
  run: RunEvent | undefined;
  end: EndEvent | undefined;
  epochs: readonly EpochEvent[] = [];
  readonly checkpoints = new Map<string, CheckpointTold>();

  add(event: MillraceEvent): void {
    if (event.type === 'run') {
      this.run = event;
      this.end = undefined;
    } else if (event.type === 'end') this.end = event;
    else if (event.type === 'epoch') this.epochs = [...this.epochs, event];
    else if (event.type === 'checkpoint')
      this.checkpoints.set(event.path, { step: event.step, ...(event.best && { best: true }) });
    else if (event.type === 'command' && event.action === 'rollback')
      this.epochs = this.epochs.filter(({ step }) => step <= event.step);
  }
}

async function checkpointsIn(
  folder: string,
  told: ReadonlyMap<string, CheckpointTold>,
): Promise<readonly KeptCheckpointFile[]> {
  const names = (await readdir(folder)).filter(isCheckpointFile);
  const files = names.map(async (file) => {
    const [, digits] = /^step-(\d+)\./.exec(file) ?? [];
    const bytes = (await lstat(join(folder, file))).size;
    // The event comes when the file is written, some steps later.
    return { file, bytes, ...told.get(file), ...(digits !== undefined && { step: Number(digits) }) };
  });
  // The model, which was made last, comes after the others.
  return (await Promise.all(files)).sort((one, other) => orderOf(one) - orderOf(other));
}

function orderOf({ file, step = 0 }: KeptCheckpointFile): number {
  return file === MODEL_FILE ? Number.POSITIVE_INFINITY : step;
}
