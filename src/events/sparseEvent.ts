// Events that say less than ours do: a loop of one's own that prints its losses. What the order of the lines tells stands in.
import { EVENT_TYPES } from './eventTypes.js';
import { common, eventSchema, lossFields, type MillraceEvent } from './schema.js';

/** An event in which fields are missing, or are not what they have to be. */
export interface SparseEvent {
  /** Whole, with stand-ins in the place of these. */
  readonly event: MillraceEvent;
  /** The fields that it does not say. */
  readonly missing: readonly string[];
}

/** What came before: what a sparse event does not say goes on from there. */
export interface Before {
  readonly run: string;
  readonly epoch: number;
  /** Epochs that have ended. */
  readonly epochsDone: number;
  readonly step: number;
  readonly elapsedMs: number;
}

/** A loss says neither how many images it is of nor the learning rate: that one is NaN, since it is not known. */
const STAND_INS = {
  run: '',
  seq: 0,
  time: '1970-01-01T00:00:00.000Z',
  elapsedMs: 0,
  epoch: 1,
  step: 0,
  items: 0,
  learningRate: Number.NaN,
};

/** Fields that are done without, with their checks. */
const ofEveryEvent = Object.entries(common);
const ofLosses = [...ofEveryEvent, ...Object.entries(lossFields).filter(([name]) => name !== 'loss')];

/**
 * Makes as much as it can of a value that is no event as it stands: a known type, or none beside a `loss`, without fields that
 * every event has. `undefined` where something else is wrong.
 */
export function sparseEvent(value: unknown): SparseEvent | undefined {
  const type = typeOf(value);
  if (type === undefined) return undefined;
  const given: Record<string, unknown> = { ...(value as object), type };
  const spared = type === 'loss' ? ofLosses : ofEveryEvent;
  // A `run` event may leave most of them out.
  const isNeeded = (name: string): boolean => type !== 'run' || name === 'run' || given[name] !== undefined;
  const missing = spared
    .filter(([name, schema]) => isNeeded(name) && !schema.safeParse(given[name]).success)
    .map(([name]) => name);
  const stoodIn = Object.fromEntries(
    missing.map((name) => [name, onTheWire(STAND_INS[name as keyof typeof STAND_INS])]),
  );
  const result = eventSchema.safeParse({ ...given, ...stoodIn });
  return result.success ? { event: result.data, missing } : undefined;
}

function typeOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const { type, loss } = value as Readonly<Record<string, unknown>>;
  if (type === undefined && lossFields.loss.safeParse(loss).success) return 'loss';
  return typeof type === 'string' && EVENT_TYPES.has(type) ? type : undefined;
}

function onTheWire(standIn: string | number): string | number {
  return Number.isNaN(standIn) ? String(standIn) : standIn;
}

/** The event with what came before it in the place of what it does not say: a loss is a step on, an epoch's end an epoch. */
export function completedEvent({ event, missing }: SparseEvent, before: Before): MillraceEvent {
  const { run, elapsedMs, epochsDone } = before;
  const step = event.type === 'loss' ? before.step + 1 : before.step;
  const epoch = event.type === 'loss' || event.type === 'epoch' ? epochsDone + 1 : before.epoch;
  const known = Object.entries({ run, elapsedMs, step, epoch }).filter(([name]) => missing.includes(name));
  return { ...event, ...Object.fromEntries(known) };
}
