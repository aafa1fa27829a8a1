// Everything in Millrace that reads what others wrote. `attempt` returns or throws an error of ours where it refuses.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, gzipSync } from 'node:zlib';
import { CommandReader } from '../../dist/cli/commandFile/commandReader.js';
import { readComparison } from '../../dist/cli/comparison/readComparison.js';
import { plainView } from '../../dist/cli/show/plainView.js';
import { initialState, reduce } from '../../dist/dashboard/state.js';
import { collectImages } from '../../dist/data/encodedImages/node/collectImages.js';
import { decodeInOrder } from '../../dist/data/encodedImages/node/decodeInOrder.js';
import { encodedImage } from '../../dist/data/encodedImages/node/imageFile.js';
import { openDecoder } from '../../dist/data/encodedImages/node/openDecoder.js';
import { MemoryPixelSink } from '../../dist/data/encodedImages/node/pixelSink.js';
import { plainDecoder } from '../../dist/data/encodedImages/node/plainDecoder.js';
import { decodeIdx, readIdx } from '../../dist/data/idx/node/readIdx.js';
import { tarEntries } from '../../dist/data/imageTar/node/tarEntries.js';
import { decompress } from '../../dist/data/node/files/openBytes.js';
import { withFile } from '../../dist/data/node/files/openInput.js';
import { openData, openStream, verifyData } from '../../dist/data/node/openData.js';
import { EventError, MillraceError } from '../../dist/errors.js';
import { EventReader } from '../../dist/events/ndjson.js';
import { checkArchitecture, loadWeights, readArchitecture } from '../../dist/exports/model.js';
import { loadCheckpoint } from '../../dist/model/node/checkpoint.js';
import { decodeSafetensors } from '../../dist/model/safetensors/encoding.js';
import { describePlan } from '../../dist/model/simd/plan/describePlan.js';
import { resolveConfig } from '../../dist/run/config.js';
import { readRunConfig } from '../../dist/run/readRunConfig.js';
import { drawDashboard } from '../../dist/tui/drawDashboard.js';
import { summaryOf } from '../../dist/tui/summary.js';
import { GLYPHS } from '../../dist/tui/theme/capabilities.js';
import { createTheme } from '../../dist/tui/theme/theme.js';
import { initialViewState, VIEWS } from '../../dist/tui/viewState.js';
import { BrokenPromise } from './judge.js';
import {
  archives,
  checkpointFile,
  cifarFiles,
  commandFiles,
  comparisonFiles,
  csvFiles,
  eventFiles,
  idxFiles,
  imageFiles,
  networkFiles,
  npyFiles,
  npzFiles,
  optionFiles,
  parquetFiles,
  tensorFiles,
  tinyNetwork,
} from './seeds.js';
import { trackingParsers } from './trackingParsers.js';

/** @param folder for what can be read from a file only */
export async function createParsers(folder) {
  const path = join(folder, 'input');
  const optionsPath = join(folder, 'options.json');
  const tiny = checkArchitecture(tinyNetwork);
  const sharp = await openDecoder();
  const tarFiles = await archives();
  const checkpoint = await checkpointFile(join(folder, 'checkpoint.safetensors'));
  const cacheFolder = join(folder, 'cache');
  /** Whatever format the bytes have become, all of the images can be read. */
  const readImages = async (bytes, random) => {
    writeFileSync(path, bytes);
    const options = {
      anyNumbers: random.chance(0.5),
      cache: false,
      transpose: random.chance(0.2),
      layout: random.pick(['hwc', 'chw', undefined]),
    };
    const { train, test } = await openData({ ...options, data: path, cacheFolder, memoryLimit: 2 ** 24 });
    for (const dataset of test ? [train, test] : [train]) {
      const pixels = await dataset.read(0, dataset.items);
      if (pixels.length !== dataset.items * dataset.shape.reduce((product, side) => product * side))
        throw new BrokenPromise('another number of pixels than its shape says');
    }
    // An .npz file may hold more than is read.
    for await (const { valid, message } of verifyData(path, { cache: false }))
      if (!valid && bytes[0] !== 0x50) throw new BrokenPromise(`read, but not valid: ${message}`);
  };
  const streamImages = async (bytes, random) => {
    const stream = await openStream(delivered(bytes, random));
    const reader = await stream.batches({ size: 2 }).open(new AbortController().signal);
    try {
      while ((await reader.next()).done !== true);
    } finally {
      await reader.close();
      await stream.close();
    }
  };
  return {
    idx: { seeds: idxFiles, attempt: (bytes, random) => decodeIdx(delivered(bytes, random), 'input') },
    gzip: {
      seeds: idxFiles,
      wrap: compressed,
      attempt: (bytes, random) => decodeIdx(decompress(delivered(bytes, random), 'input'), 'input'),
    },
    idxFile: {
      seeds: idxFiles,
      wrap: (bytes, random) => (random.chance(0.5) ? bytes : compressed(bytes, random)),
      async attempt(bytes) {
        writeFileSync(path, bytes);
        const reports = [];
        for await (const report of verifyData(path, { cache: false })) reports.push(report);
        await withFile(path, undefined, readIdx);
        for (const { valid, message } of reports)
          if (!valid) throw new BrokenPromise(`read, but not valid: ${message}`);
      },
    },
    image: {
      seeds: imageFiles,
      wrap: withRightCrcs,
      attempt: (bytes) => collected(oneFile(bytes), plainDecoder),
    },
    imageBySharp: {
      seeds: imageFiles,
      wrap: withRightCrcs,
      attempt: (bytes) => collected(oneFile(bytes), sharp),
    },
    tar: {
      seeds: tarFiles,
      wrap: (bytes, random) => (random.chance(0.8) ? withRightChecksums(bytes) : bytes),
      attempt: (bytes, random) => collected(() => tarEntries(delivered(bytes, random), 'input'), plainDecoder),
    },
    npy: { seeds: npyFiles, attempt: readImages },
    npyStream: { seeds: npyFiles, attempt: streamImages },
    npz: { seeds: npzFiles, attempt: readImages },
    cifar: { seeds: cifarFiles, attempt: readImages },
    csv: { seeds: csvFiles, isText: true, attempt: readImages },
    csvStream: { seeds: csvFiles, isText: true, attempt: streamImages },
    parquet: { seeds: parquetFiles, attempt: readImages },
    rawFrames: {
      seeds: idxFiles,
      wrap: (bytes, random) => (random.chance(0.5) ? bytes : compressed(bytes, random)),
      async attempt(bytes, random) {
        const stream = await openStream(delivered(bytes, random), { shape: [4, 4, 1] });
        const reader = await stream.batches({ size: 2, epochItems: 3 }).open(new AbortController().signal);
        try {
          while ((await reader.next()).done !== true);
        } finally {
          await reader.close();
        }
      },
    },
    safetensors: {
      seeds: [...tensorFiles, checkpoint],
      isText: true,
      wrap: withRightLength,
      attempt: async (bytes) => decodeSafetensors(bytes, 'input'),
    },
    weights: {
      seeds: [...tensorFiles, checkpoint],
      isText: true,
      wrap: withRightLength,
      async attempt(bytes) {
        writeFileSync(path, bytes);
        await loadWeights(path, tiny);
      },
    },
    checkpoint: {
      seeds: [checkpoint],
      isText: true,
      wrap: withRightLength,
      async attempt(bytes) {
        writeFileSync(path, bytes);
        await loadCheckpoint(path);
      },
    },
    architecture: {
      seeds: networkFiles,
      isText: true,
      async attempt(bytes) {
        writeFileSync(path, bytes);
        describePlan(await readArchitecture(path));
      },
    },
    events: {
      seeds: eventFiles,
      isText: true,
      async attempt(bytes, random) {
        const { events, complaint } = readEvents(bytes, random);
        const written = [];
        const view = plainView({ write: (text) => written.push(text) }, { mode: 'watch', now: () => 0 });
        view.push(events);
        requirePlain(written.join('').replaceAll('\n', ''));
        return complaint;
      },
    },
    commands: {
      seeds: commandFiles,
      isText: true,
      async attempt(bytes, random) {
        const reader = new CommandReader();
        const read = random.pieces(bytes).flatMap((piece) => reader.push(piece));
        const problems = read.flatMap(({ problem }) => (problem === undefined ? [] : [problem]));
        requirePlain(problems.join(''));
        if (problems.length > 0)
          return new MillraceError({ code: 'COMMAND', problem: problems[0], advice: 'It is passed over.' });
      },
    },
    comparison: {
      seeds: [...comparisonFiles, ...eventFiles],
      isText: true,
      async attempt(bytes) {
        writeFileSync(path, bytes);
        await readComparison(path);
      },
    },
    options: {
      seeds: [...optionFiles, ...networkFiles],
      isText: true,
      async attempt(bytes) {
        writeFileSync(optionsPath, bytes);
        resolveConfig(await readRunConfig(optionsPath));
      },
    },
    ...(await trackingParsers(requirePlain)),
    screen: {
      seeds: eventFiles,
      isText: true,
      async attempt(bytes, random) {
        const { events, complaint } = readEvents(bytes, random);
        const state = events.reduce(reduce, initialState);
        const size = { columns: 1 + random.integer(160), rows: 1 + random.integer(60) };
        const view = { viewState: { ...initialViewState, view: random.pick(VIEWS) } };
        const theme = createTheme({
          color: random.pick([0, 1, 2, 3]),
          glyphs: random.pick(GLYPHS),
        });
        for (const { text } of drawDashboard(state, size, view, theme)) requirePlain(text.replace(SGR, ''));
        requirePlain(summaryOf(state, theme.glyphs).replaceAll('\n', ''));
        return complaint;
      },
    },
  };
}

/** Decodes what is an image, as a folder or an archive of them is read. */
async function collected(files, decoder) {
  const decoded = decodeInOrder({ path: 'input', files }, decoder, { fit: 'cover', resize: [8, 8] });
  await collectImages('input', decoded, new MemoryPixelSink('input', 2 ** 26), {});
}

function oneFile(bytes) {
  return async function* () {
    yield { path: 'image', read: async () => encodedImage(bytes) };
  };
}

/** The checksums of a PNG made right again, mostly: otherwise no mutated chunk would be looked at. */
function withRightCrcs(bytes, random) {
  const copy = Buffer.from(bytes);
  if (copy.toString('latin1', 1, 4) !== 'PNG' || random.chance(0.2)) return copy;
  for (let at = 8; at + 12 <= copy.length; ) {
    const end = at + 8 + copy.readUInt32BE(at);
    if (end + 4 > copy.length) break;
    copy.writeUInt32BE(crc32(copy.subarray(at + 4, end)), end);
    at = end + 4;
  }
  return copy;
}

/** The checksum of every block that looks like a header made right again: otherwise hardly an input would get beyond the first. */
function withRightChecksums(bytes) {
  const copy = Buffer.from(bytes);
  for (let at = 0; at + 512 <= copy.length; at += 512) {
    const header = copy.subarray(at, at + 512);
    if (header.toString('latin1', 257, 262) !== 'ustar') continue;
    header.fill(' ', 148, 156);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  }
  return copy;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: what is looked for.
const SGR = /\u001b\[[\d;]*m/g;

/** What a terminal would obey, or show in another order. */
const UNSAFE = /[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/u;

function requirePlain(text) {
  const [found] = UNSAFE.exec(text) ?? [];
  if (found !== undefined) throw new BrokenPromise(`printed: ${JSON.stringify(found)} in ${JSON.stringify(text)}`);
}

/** As `watch` reads them: bytes in pieces, lines. */
function readEvents(bytes, random) {
  const reader = new EventReader();
  const read = random.pieces(bytes).flatMap((piece) => reader.push(piece));
  const isComplaint = (one) => one instanceof EventError;
  const events = [...read.filter((one) => !isComplaint(one)), ...reader.flush()];
  return { events, complaint: read.find(isComplaint) };
}

async function* delivered(bytes, random) {
  yield* random.pieces(bytes);
}

/** Compressed once, twice, in two members, with padding, or damaged after that. */
function compressed(bytes, random) {
  const half = random.integer(bytes.length + 1);
  const packed = random.pick([
    () => gzipSync(bytes),
    () => gzipSync(gzipSync(bytes)),
    () => Buffer.concat([gzipSync(bytes.subarray(0, half)), gzipSync(bytes.subarray(half))]),
    () => Buffer.concat([gzipSync(bytes), Buffer.alloc(random.integer(600))]),
    () => gzipSync(Buffer.concat([bytes, Buffer.alloc(1_000_000)])),
    () => gzipSync(bytes, { level: 0 }),
  ])();
  if (random.chance(0.5)) packed[random.integer(packed.length)] ^= 1 << random.integer(8);
  return random.chance(0.2) ? packed.subarray(0, random.integer(packed.length)) : packed;
}

/** The length before the header made right again, mostly: otherwise hardly an input would get beyond it. */
function withRightLength(bytes, random) {
  const end = endOfHeader(bytes);
  if (end === undefined || random.chance(0.1)) return bytes;
  const copy = Buffer.from(bytes);
  copy.writeBigUInt64LE(BigInt(end - 8));
  return copy;
}

/** After the brace that closes the first one, and the spaces behind it; `undefined` where none does. */
function endOfHeader(bytes) {
  const text = bytes.toString('latin1', 8);
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    if (quoted && text[at] === '\\') at += 1;
    else if (text[at] === '"') quoted = !quoted;
    else if (!quoted && text[at] === '{') depth += 1;
    else if (!quoted && text[at] === '}') depth -= 1;
    if (depth === 0) return 8 + at + 1 + /^ */.exec(text.slice(at + 1, at + 9))[0].length;
  }
  return undefined;
}
