// JSON objects with numbers, one a line: what programs write that log for themselves.
import { COMMON_FIELDS, EVENT_TYPES } from '../../events/eventTypes.js';
import { printable } from '../../text/printable.js';
import type { Decoded, Decoder, Rest, Told, TrackingFormat } from '../format.js';
import { rowPosition } from '../rowPosition.js';
import { type PositionNames, positionNames, timeOf } from '../stepName.js';
import { TextLines } from '../textLines.js';
import { flatNumbers } from './flatNumbers.js';
import { pythonJson } from './pythonJson.js';

export const jsonLines: TrackingFormat = {
  title: 'lines of JSON with numbers in them',
  recognise: (start) => isForeign(firstObject(start)),
  decoder: () => new JsonLinesDecoder(false, { step: undefined, epoch: undefined, time: undefined }),
};

/** Texts for people may stand between the lines, and before them. */
const LINES_LOOKED_AT = 50;
const text = new TextDecoder();

function firstObject(start: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  if (start.includes(0)) return undefined;
  for (const line of text.decode(start).split('\n', LINES_LOOKED_AT)) {
    const value = line.trimStart().startsWith('{') ? pythonJson(line) : undefined;
    if (value !== undefined) return value;
  }
  return undefined;
}

/** Numbers that a loss of our own may have. */
const OUR_NUMBERS: ReadonlySet<string> = new Set([...COMMON_FIELDS, 'loss', 'items', 'learningRate']);

/** Whether it has numbers and is no event of Millrace, nor one in its manner. */
function isForeign(value: Readonly<Record<string, unknown>> | undefined): boolean {
  if (value === undefined) return false;
  const { type, run } = value;
  if (typeof type === 'string' && (EVENT_TYPES.has(type) || typeof run === 'string')) return false;
  const numbers = flatNumbers(value);
  if (typeof type === 'string') return numbers.size > 0;
  return [...numbers.keys()].some((name) => !OUR_NUMBERS.has(name));
}

class JsonLinesDecoder implements Decoder {
  readonly #lines = new TextLines();
  #begun: boolean;
  #position: PositionNames;
  #count = 0;

  constructor(begun: boolean, position: PositionNames) {
    this.#begun = begun;
    this.#position = position;
  }

  get remarks(): readonly string[] {
    const { step } = this.#position;
    if (step === 'step' || this.#count === 0) return [];
    if (step === undefined) return ['its lines do not say their step: they are counted'];
    return [`its steps are those of ${printable(step.slice(0, 64))}`];
  }

  copy(): Decoder {
    const copy = new JsonLinesDecoder(this.#begun, this.#position);
    copy.#count = this.#count;
    return copy;
  }

  decode(bytes: Uint8Array, rest: Rest): Decoded {
    const { lines, decoded } = this.#lines.in(bytes, rest, !this.#begun);
    this.#begun ||= decoded.used > 0;
    const told: Told[] = [];
    for (const line of lines) {
      const value = line.trimStart().startsWith('{') ? pythonJson(line) : undefined;
      if (value !== undefined) this.#readObject(value, told);
    }
    return { told, ...decoded };
  }

  #readObject(value: Readonly<Record<string, unknown>>, told: Told[]): void {
    const numbers = flatNumbers(value);
    if (numbers.size === 0) return;
    this.#count += 1;
    this.#learn([...numbers.keys(), ...Object.keys(value)]);
    const { step, epoch, time } = this.#position;
    const said = rowPosition(this.#position, (name) => numbers.get(name) ?? value[name]);
    const at = step === undefined ? { ...said, step: this.#count } : said;
    for (const [name, number] of numbers) {
      if (name === step || name === epoch || (name === time && timeOf(number) !== undefined)) continue;
      told.push({ body: { type: 'metric', name, value: number }, ...at });
    }
  }

  /** The first lines may not have all: what has been found stays. */
  #learn(names: readonly string[]): void {
    const { step, epoch, time } = this.#position;
    if (step !== undefined && epoch !== undefined && time !== undefined) return;
    const found = positionNames(names);
    this.#position = { step: step ?? found.step, epoch: epoch ?? found.epoch, time: time ?? found.time };
  }
}
