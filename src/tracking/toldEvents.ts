import type { EventLine } from '../events/eventLines.js';
import type { EventBody, MillraceEvent } from '../events/schema.js';
import type { Decoded, EncodedImage, Told, ToldBody } from './format.js';

/** Turns a picture as it stands in a file into an event's; `undefined` where it cannot be decoded. */
export type DecodePicture = (
  bytes: Uint8Array,
) => Promise<Pick<Extract<EventBody, { type: 'image' }>, 'shape' | 'pixels'> | undefined>;

export interface ToldEventsOptions {
  /** Id of the run. */
  readonly run: string;
  /** Wall clock in milliseconds, for records that do not say their time. */
  readonly began: number;
  readonly decodePicture: DecodePicture;
}

/** What an event counts for among places, which are bytes elsewhere: about as many as its line would have. */
const PLACE_OF_EVENT = 200;
const LONGEST_NAME = 512;
const LATEST = 8.64e15;

/** Makes events of what records say: each has its place, its time, and a step. */
export class ToldEvents {
  readonly #options: ToldEventsOptions;
  #count = 0;
  #first: number | undefined;
  #elapsedMs = 0;
  #step = 0;
  #epoch = 1;
  /** Pictures that could not be decoded. */
  #undecoded = 0;
  /** One that ended the run. */
  #ended = false;
  #writtenAt = Number.NaN;
  #written = '';

  constructor(options: ToldEventsOptions) {
    this.#options = options;
  }

  copy(): ToldEvents {
    const copy = new ToldEvents(this.#options);
    copy.#count = this.#count;
    copy.#first = this.#first;
    copy.#elapsedMs = this.#elapsedMs;
    copy.#step = this.#step;
    copy.#epoch = this.#epoch;
    copy.#undecoded = this.#undecoded;
    copy.#ended = this.#ended;
    return copy;
  }

  /** Where the last event has ended. */
  get place(): number {
    return this.#count * PLACE_OF_EVENT;
  }

  get ended(): boolean {
    return this.#ended;
  }

  get remarks(): readonly string[] {
    const many = this.#undecoded;
    return many === 0
      ? []
      : [`${many === 1 ? 'a picture' : `${many} pictures`} could not be decoded: PNG and JPEG are`];
  }

  /** @param path and `offset` of the bytes that were decoded, for what is wrong with them */
  async linesOf({ told, damaged = [], broken, used }: Decoded, path: string, offset: number): Promise<EventLine[]> {
    const lines: EventLine[] = [];
    for (const one of told) {
      this.#goTo(one);
      // Millions of numbers are not waited for one by one.
      const { body } = one;
      if (body.type !== 'encodedImage') lines.push(this.#lineOf(body));
      else lines.push(...(await this.#pictureLines(body)));
    }
    for (const problem of damaged) lines.push({ event: undefined, problem, end: this.#nextPlace() });
    if (broken !== undefined) {
      const message = `${broken}; what comes before stays`;
      lines.push(this.#stamped({ type: 'warning', code: 'TRACKING_DAMAGED', message, path, offset: offset + used }));
    }
    return lines;
  }

  #lineOf(body: Exclude<ToldBody, EncodedImage>): EventLine {
    this.#ended = body.type === 'end';
    if (body.type === 'end') return this.#stamped({ ...body, steps: this.#step, durationMs: this.#elapsedMs });
    return this.#stamped('name' in body ? { ...body, name: nameOf(body.name) } : body);
  }

  async #pictureLines({ name, bytes }: EncodedImage): Promise<readonly EventLine[]> {
    const picture = await this.#options.decodePicture(bytes);
    if (picture !== undefined) return [this.#stamped({ type: 'image', name: nameOf(name), ...picture })];
    this.#undecoded += 1;
    return [];
  }

  /** Time never goes back, though files of one run may overlap; a record without one comes a millisecond after the one before. */
  #goTo({ step = this.#step, epoch = this.#epoch, time }: Told): void {
    this.#step = whole(step, 0);
    this.#epoch = whole(epoch, 1);
    if (time === undefined || !(Math.abs(time) < LATEST)) {
      this.#elapsedMs += 1;
      return;
    }
    this.#first ??= time - this.#elapsedMs;
    this.#elapsedMs = Math.max(this.#elapsedMs, Math.round((time - this.#first) * 1000) / 1000);
  }

  #stamped(body: EventBody): EventLine {
    const event = {
      run: this.#options.run,
      seq: this.#count,
      time: this.#timeOf((this.#first ?? this.#options.began) + this.#elapsedMs),
      elapsedMs: this.#elapsedMs,
      epoch: this.#epoch,
      step: this.#step,
      ...body,
    } as MillraceEvent;
    return { event, end: this.#nextPlace() };
  }

  /** Writing out a time takes as long as all the rest, and many events have the same. */
  #timeOf(at: number): string {
    if (at !== this.#writtenAt) this.#written = new Date(Math.abs(at) < LATEST ? at : 0).toISOString();
    this.#writtenAt = at;
    return this.#written;
  }

  #nextPlace(): number {
    this.#count += 1;
    return this.place;
  }
}

function whole(value: number, least: number): number {
  return Number.isNaN(value) ? least : Math.min(Number.MAX_SAFE_INTEGER, Math.max(least, Math.trunc(value)));
}

function nameOf(name: string): string {
  return name === '' ? 'value' : name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name;
}
