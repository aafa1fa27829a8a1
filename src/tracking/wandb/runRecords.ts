// The records of a run of W&B: its history, its configuration and its end. Output, statistics of the machine and files are left out.

import { MOST_SETTINGS } from '../../events/measurements/limits.js';
import { MessageReader } from '../../protobuf/read.js';
import { printable } from '../../text/printable.js';
import type { Told, ToldBody } from '../format.js';
import { joinedBins } from '../joinedBins.js';
import { type Setting, settingsOf } from '../settings.js';
import { CONFIG, EXIT, HISTORY, RECORD, RUN, STEP, TIMESTAMP } from './fields.js';
import { type Item, itemOf, joinedMedia } from './historyItem.js';

const DEEPEST = 16;
/** Of one step. */
const MOST_VALUES = 10_000;
const LONGEST_TEXT = 64 * 1024;

/** Reads the records of one file, in their order. */
export class RunReader {
  #step = 0;
  #time: number | undefined;
  /** Kinds of media in the history that are not read. */
  readonly #leftOut: Set<string>;

  constructor(leftOut = new Set<string>()) {
    this.#leftOut = leftOut;
  }

  get remarks(): readonly string[] {
    if (this.#leftOut.size === 0) return [];
    return [`what W&B keeps as ${[...this.#leftOut].sort().join(', ')} is not shown`];
  }

  copy(): RunReader {
    const copy = new RunReader(this.#leftOut);
    copy.#step = this.#step;
    copy.#time = this.#time;
    return copy;
  }

  /** @throws WireError */
  read(data: Uint8Array, told: Told[]): void {
    const record = new MessageReader(data);
    while (record.next()) {
      if (record.field === RECORD.history) this.#readHistory(record.message(), told);
      else if (record.field === RECORD.config) this.#readConfig(record.message(), told);
      else if (record.field === RECORD.run) this.#readRun(record.message(), told);
      else if (record.field === RECORD.exit) this.#readExit(record.message(), told);
    }
  }

  #readHistory(history: MessageReader, told: Told[]): void {
    const items: Item[] = [];
    while (history.next()) {
      if (history.field === HISTORY.step) this.#step = integerIn(history.message(), STEP.number);
      else if (history.field === HISTORY.item && items.length < MOST_VALUES) items.push(itemOf(history.message()));
    }
    this.#step = numberAmong(items, '_step') ?? this.#step;
    const seconds = numberAmong(items, '_timestamp');
    if (seconds !== undefined) this.#time = seconds * 1000;
    // Names that begin so are W&B's own.
    for (const { keys, value } of joinedMedia(items))
      if (keys[0]?.startsWith('_') === false) this.#tell(keys.join('.'), value, told, 0);
  }

  #tell(name: string, value: unknown, told: Told[], depth: number): void {
    const body = bodyOf(name, value);
    if (body !== undefined) told.push(this.#now(body));
    else if (typeof value === 'object' && value !== null && !Array.isArray(value) && depth < DEEPEST) {
      const { _type: type } = value as { readonly _type?: unknown };
      if (type !== undefined) this.#leaveOut(type);
      else for (const [key, inner] of Object.entries(value)) this.#tell(`${name}.${key}`, inner, told, depth + 1);
    }
  }

  #leaveOut(type: unknown): void {
    if (typeof type === 'string' && this.#leftOut.size < 8) this.#leftOut.add(printable(type.slice(0, 32)));
  }

  #readRun(run: MessageReader, told: Told[]): void {
    while (run.next()) {
      if (run.field === RUN.startTime) this.#time ??= integerIn(run.message(), TIMESTAMP.seconds) * 1000;
      else if (run.field === RUN.config) this.#readConfig(run.message(), told);
    }
  }

  #readConfig(config: MessageReader, told: Told[]): void {
    let values: Record<string, Setting> = {};
    let count = 0;
    while (config.next() && count < MOST_SETTINGS) {
      if (config.field !== CONFIG.update) continue;
      const { keys, value } = itemOf(config.message());
      const name = keys.join('.');
      count += 1;
      if (!name.startsWith('_')) values = { ...values, ...settingsOf({ [name]: value }) };
    }
    const first = Object.entries(values).slice(0, MOST_SETTINGS);
    if (first.length > 0) told.push(this.#now({ type: 'configuration', values: Object.fromEntries(first) }));
  }

  #readExit(exit: MessageReader, told: Told[]): void {
    const code = integerIn(exit, EXIT.code);
    const error = { code: 'EXIT', message: `its program ended with exit code ${code}` };
    told.push(this.#now(code === 0 ? { type: 'end', status: 'completed' } : { type: 'end', status: 'failed', error }));
  }

  #now(body: ToldBody): Told {
    return { body, step: this.#step, ...(this.#time !== undefined && { time: this.#time }) };
  }
}

interface Histogram {
  readonly _type?: unknown;
  readonly bins?: unknown;
  readonly values?: unknown;
  readonly packedBins?: { readonly min?: unknown; readonly size?: unknown; readonly count?: unknown };
}

function bodyOf(name: string, value: unknown): ToldBody | undefined {
  if (typeof value === 'number') return { type: 'metric', name, value };
  // JSON has no words for these.
  if (value === 'NaN' || value === 'Infinity' || value === '-Infinity')
    return { type: 'metric', name, value: Number(value) };
  if (typeof value === 'string') return { type: 'text', name, text: value.slice(0, LONGEST_TEXT) };
  const { _type: type, bins, values, packedBins } = (value ?? {}) as Histogram;
  if (type !== 'histogram' || !areNumbers(values)) return undefined;
  if (areNumbers(bins)) return joinedBins(name, bins, values);
  const { min, size, count } = packedBins ?? {};
  if (typeof min !== 'number' || typeof size !== 'number' || count !== values.length) return undefined;
  const edges = Array.from({ length: values.length + 1 }, (_, index) => min + size * index);
  return joinedBins(name, edges, values);
}

function areNumbers(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'number');
}

function numberAmong(items: readonly Item[], name: string): number | undefined {
  const value = items.find(({ keys }) => keys.length === 1 && keys[0] === name)?.value;
  return typeof value === 'number' ? value : undefined;
}

function integerIn(message: MessageReader, field: number): number {
  let value = 0;
  while (message.next()) if (message.field === field) value = message.integer();
  return value;
}
