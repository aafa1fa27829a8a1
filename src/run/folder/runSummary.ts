// What can be said of a run without reading all of its file: its first event, and the last ones.
import { type FileHandle, open } from 'node:fs/promises';
import { EventLines } from '../../events/eventLines.js';
import { isEvent } from '../../events/ndjson.js';
import { runNameOf } from '../../events/runName.js';
import type { EventType, MillraceEvent, RunEvent } from '../../events/schema.js';
import type { AnyEvent } from '../../events/unknownEvent.js';

/** How a kept run stands. `interrupted`: it has no end, and nothing is appended. */
export type KeptRunState = 'running' | 'completed' | 'stopped' | 'failed' | 'diverged' | 'interrupted';

export interface RunSummary {
  /** What it was called with `name`. */
  readonly name?: string;
  /** What a stream does not say is `undefined`. */
  readonly network: string | undefined;
  readonly data: string | undefined;
  /** Trained on the embedded sample. */
  readonly sample: boolean;
  readonly epochs: number | undefined;
  readonly epochsDone: number;
  readonly steps: number;
  /** Of the last loss event. */
  readonly loss: number | undefined;
  /** Of the last finished epoch that has one. */
  readonly testLoss: number | undefined;
  readonly state: KeptRunState;
  readonly durationMs: number;
}

/** A run writes its statistics every second, also while it is paused. */
const QUIET_MS = 15_000;
const CHUNK_BYTES = 256 * 1024;
/** For the last loss and the last finished epoch: two epochs of MNIST with their samples. */
const MOST_TAIL_BYTES = 4 * 1024 * 1024;
/** A `run` event is a few kilobytes, with a network of hundreds of layers some more. */
const MOST_HEAD_BYTES = 1024 * 1024;

/**
 * Nothing where the file is unreadable or does not begin with an event of a run.
 * @param now wall clock, milliseconds
 */
export async function summariseRun(path: string, now: number): Promise<RunSummary | undefined> {
  return within(path, async (file) => {
    const { size, mtimeMs } = await file.stat();
    const first = await firstEvent(file);
    if (first?.elapsedMs === undefined) return undefined;
    return summaryOf(asRun(first), await lastEvents(file, size), now - mtimeMs);
  });
}

/** The first event of a run; nothing where the file is unreadable or does not begin with a run. */
export async function readRunEvent(path: string): Promise<RunEvent | undefined> {
  const first = await within(path, firstEvent);
  return first && asRun(first);
}

function asRun(event: AnyEvent): RunEvent | undefined {
  return isEvent(event) && event.type === 'run' ? event : undefined;
}

async function within<Value>(path: string, read: (file: FileHandle) => Promise<Value>): Promise<Value | undefined> {
  const file = await open(path, 'r').catch(() => undefined);
  if (file === undefined) return undefined;
  try {
    return await read(file);
  } catch {
    return undefined;
  } finally {
    await file.close();
  }
}

function summaryOf(run: RunEvent | undefined, last: LastEvents, quietMs: number): RunSummary {
  const { any = run, epochs = run?.epochs, loss, epoch, end } = last;
  const epochsDone = epoch?.epoch ?? Math.max(0, (any?.epoch ?? 1) - 1);
  const going = end === undefined || end.seq < (any?.seq ?? 0);
  const name = run && runNameOf(run);
  return {
    ...(name !== undefined && { name }),
    network: run?.architecture?.name,
    data: run?.dataset.name,
    sample: run?.dataset.sample === true,
    // A command for more may stand too far from the end to be seen.
    epochs: epochs && Math.max(epochs, epochsDone),
    epochsDone,
    steps: any?.step ?? 0,
    loss: loss?.loss ?? end?.trainLoss,
    testLoss: epoch?.testLoss ?? end?.testLoss,
    state: !going ? end.status : quietMs <= QUIET_MS ? 'running' : 'interrupted',
    durationMs: any?.elapsedMs ?? 0,
  };
}

async function firstEvent(file: FileHandle): Promise<AnyEvent | undefined> {
  const lines = new EventLines();
  while (lines.offset < MOST_HEAD_BYTES) {
    const bytes = await readAt(file, lines.offset, CHUNK_BYTES);
    const [line] = bytes.length === 0 ? lines.flush() : lines.push(bytes);
    if (line !== undefined || bytes.length === 0) return line?.event;
  }
  return undefined;
}

type OfType<Type extends EventType> = Extract<MillraceEvent, { type: Type }>;

/** The last event of all, and of some types, where they stand near enough to the end. */
interface LastEvents {
  /** With a place of its own. */
  any?: MillraceEvent;
  /** Planned epochs, of a run that goes on, or as a command has left them. */
  epochs?: number | undefined;
  loss?: OfType<'loss'>;
  epoch?: OfType<'epoch'>;
  end?: OfType<'end'>;
}

/** Reads ever more from the end until it knows enough. */
async function lastEvents(file: FileHandle, size: number): Promise<LastEvents> {
  for (let length = CHUNK_BYTES; ; length *= 4) {
    const from = Math.max(0, size - Math.min(length, MOST_TAIL_BYTES));
    const last = lastOf(eventsIn(await readAt(file, from, size - from), from > 0));
    const enough = last.loss !== undefined && (last.epoch !== undefined || last.any?.epoch === 1);
    if (from === 0 || enough || length >= MOST_TAIL_BYTES) return last;
  }
}

/** @param torn whether the first line may have begun before */
function eventsIn(bytes: Uint8Array, torn: boolean): MillraceEvent[] {
  const lines = new EventLines();
  const read = [...lines.push(bytes), ...lines.flush()];
  return read.slice(torn ? 1 : 0).flatMap(({ event }) => (event !== undefined && isEvent(event) ? event : []));
}

function lastOf(events: readonly MillraceEvent[]): LastEvents {
  const last: LastEvents = {};
  for (const event of events) {
    last.any = event;
    if (event.type === 'run') last.epochs = event.epochs;
    else if (event.type === 'command' && event.action === 'epochs') last.epochs = event.value ?? last.epochs;
    else if (event.type === 'loss') last.loss = event;
    else if (event.type === 'epoch') last.epoch = event;
    else if (event.type === 'end') last.end = event;
  }
  return last;
}

async function readAt(file: FileHandle, from: number, length: number): Promise<Uint8Array> {
  const { buffer, bytesRead } = await file.read(new Uint8Array(length), 0, length, from);
  return buffer.subarray(0, bytesRead);
}
