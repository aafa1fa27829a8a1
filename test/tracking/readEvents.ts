import { isEvent } from '../../src/events/ndjson.js';
import type { RecordedEvents } from '../../src/events/recordedEvents.js';
import type { MillraceEvent } from '../../src/events/schema.js';
import type { Decoded, Decoder, Told } from '../../src/tracking/format.js';

export type Read = MillraceEvent;

/** All events that there are now. */
export async function eventsOf(run: RecordedEvents, place = 0): Promise<Read[]> {
  const reading = run.eventsFrom(place);
  const events: Read[] = [];
  for (let lines = await reading.next(); lines !== undefined; lines = await reading.next())
    for (const { event, problem } of lines) {
      if (problem !== undefined) throw new Error(problem);
      if (event !== undefined && isEvent(event)) events.push(event);
    }
  return events;
}

/** What a decoder makes of bytes that come in pieces of any length. */
export function decoded(decoder: Decoder, bytes: Uint8Array, pieces: readonly number[] = []): Omit<Decoded, 'used'> {
  const told: Told[] = [];
  const damaged: string[] = [];
  let from = 0;
  let broken: string | undefined;
  for (const to of [...pieces.toSorted((one, other) => one - other), bytes.length, Number.POSITIVE_INFINITY]) {
    const rest = to > bytes.length ? 'nothing' : to === bytes.length ? 'nothing yet' : 'more';
    if (to < from || broken !== undefined) continue;
    for (;;) {
      const step = decoder.decode(bytes.subarray(from, Math.min(to, bytes.length)), rest);
      from += step.used;
      told.push(...step.told);
      damaged.push(...(step.damaged ?? []));
      broken = step.broken;
      if (step.used === 0 || broken !== undefined) break;
    }
  }
  return { told, damaged, ...(broken !== undefined && { broken }) };
}

/** Values with their steps, by name. */
export type Numbers = Record<string, [step: number | undefined, value: number][]>;

export function numbersOf(decoder: Decoder, bytes: Uint8Array, pieces?: readonly number[]): Numbers {
  const numbers: Numbers = {};
  for (const { body, step } of decoded(decoder, bytes, pieces).told) {
    if (body.type !== 'metric') continue;
    numbers[body.name] ??= [];
    numbers[body.name]!.push([step, body.value]);
  }
  return numbers;
}
