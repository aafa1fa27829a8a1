// What reads the records of other tools. Seeds are what these have written themselves: test/fixtures/tracking.
import { readFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { decodePicture } from '../../dist/cli/watch/decodePicture.js';
import { EventError, MillraceError } from '../../dist/errors.js';
import { encodeEvent, parseEvent } from '../../dist/events/ndjson.js';
import { csvFile } from '../../dist/tracking/csv/csvFile.js';
import { FileReading } from '../../dist/tracking/fileReading.js';
import { HeldBytes } from '../../dist/tracking/heldBytes.js';
import { jsonLines } from '../../dist/tracking/ndjson/jsonLines.js';
import { filesOf } from '../../dist/tracking/node/filesOf.js';
import { findRuns } from '../../dist/tracking/node/findRuns.js';
import { sniff } from '../../dist/tracking/node/sniff.js';
import { maskedCrc32c } from '../../dist/tracking/tensorboard/crc32c.js';
import { eventFile } from '../../dist/tracking/tensorboard/eventFile.js';
import { ToldEvents } from '../../dist/tracking/toldEvents.js';
import { trainerState } from '../../dist/tracking/trainerState/trainerState.js';
import { wandbFile } from '../../dist/tracking/wandb/wandbFile.js';
import { BrokenPromise } from './judge.js';

const FIXTURES = new URL('../../test/fixtures/tracking', import.meta.url).pathname;
/** Of a file: more would say the same, and take longer. */
const MOST_BYTES = 20_000;

/** @param requirePlain throws where a text holds what a terminal would obey */
export async function trackingParsers(requirePlain) {
  const seeds = new Map([eventFile, wandbFile, trainerState, jsonLines, csvFile].map((format) => [format, []]));
  const { runs } = await findRuns(FIXTURES, 'events.ndjson');
  for (const { path, format } of runs)
    for (const file of await filesOf(path, format)) {
      const { start, isCompressed } = await sniff(file);
      const bytes = isCompressed ? start : readFileSync(file);
      seeds.get(format).push(Buffer.from(bytes.subarray(0, MOST_BYTES)));
    }
  const parser = (format, options) => ({
    seeds: seeds.get(format),
    ...options,
    attempt: (bytes, random) => readAll(format, bytes, random, requirePlain),
  });
  return {
    eventFile: parser(eventFile, { wrap: withRightRecords }),
    wandb: parser(wandbFile, { wrap: withRightBlocks }),
    trainerState: parser(trainerState, { isText: true }),
    jsonLines: parser(jsonLines, { isText: true }),
    csvTable: parser(csvFile, { isText: true }),
  };
}

/** As it comes through a pipe: every event is one that a reader takes, every complaint a sentence. */
async function readAll(format, bytes, random, requirePlain) {
  const reading = new FileReading(format.decoder());
  const told = new ToldEvents({ run: 'input', began: 0, decodePicture });
  const held = new HeldBytes();
  const problems = [];
  const take = async (last) => {
    for (;;) {
      const from = reading.offset;
      const decoded = await reading.next(held, Number.POSITIVE_INFINITY, last);
      if (decoded === undefined) return;
      for (const { event, problem } of await told.linesOf(decoded, 'input', from)) {
        if (problem !== undefined) problems.push(problem);
        if (event?.type === 'warning') problems.push(event.message);
        const read = event && parseEvent(encodeEvent(event));
        if (read instanceof EventError) throw new BrokenPromise(`an event that no one reads: ${read.message}`);
      }
      held.forget(reading.offset);
    }
  };
  for (const piece of random.pieces(bytes)) {
    held.push(piece);
    await take(false);
  }
  await take(true);
  for (const problem of [...problems, ...reading.remarks]) requirePlain(problem);
  if (problems.length > 0)
    return new MillraceError({ code: 'TRACKING_DAMAGED', problem: problems[0], advice: 'It is passed over.' });
}

/** Mostly: otherwise no mutated message would be looked at. */
function withRightRecords(bytes, random) {
  const copy = Buffer.from(bytes);
  if (random.chance(0.2)) return copy;
  for (let at = 0; at + 16 <= copy.length; ) {
    const length = copy.readUInt32LE(at);
    copy.writeUInt32LE(0, at + 4);
    const end = at + 12 + length;
    copy.writeUInt32LE(maskedCrc32c(copy.subarray(at, at + 8)), at + 8);
    if (end + 4 > copy.length) break;
    copy.writeUInt32LE(maskedCrc32c(copy.subarray(at + 12, end)), end);
    at = end + 4;
  }
  return copy;
}

function withRightBlocks(bytes, random) {
  const copy = Buffer.from(bytes);
  if (random.chance(0.2)) return copy;
  for (let at = 7; at + 7 <= copy.length; ) {
    if (32_768 - (at % 32_768) < 7) at += 32_768 - (at % 32_768);
    if (at + 7 > copy.length) break;
    const end = at + 7 + copy.readUInt16LE(at + 4);
    if (end > copy.length) break;
    copy.writeUInt32LE(crc32(copy.subarray(at + 6, end)), at);
    at = end;
  }
  return copy;
}
