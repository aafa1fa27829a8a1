import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Batch } from '../../data/batch.js';
import { OptionError } from '../../errors.js';
import type { LatentBatch, Latents } from '../../inference/latentBatch.js';
import type { Model } from '../../inference/model.js';
import { bytesOf, LatentSpool } from '../../inference/node/latents/latentSpool.js';
import { type LatentTarget, latentTarget } from '../../inference/node/latents/latentTarget.js';
import { writeLatentArray } from '../../inference/node/latents/writeLatentArray.js';
import { writeLatentRows } from '../../inference/node/latents/writeLatentRows.js';
import { writeLatentTensors } from '../../inference/node/latents/writeLatentTensors.js';
import { openModel } from '../../inference/node/openModel.js';
import { encode } from '../../inference/operators/encode.js';
import { type Quantised, quantise } from '../../inference/operators/quantise.js';
import { requireBits } from '../../inference/quantisation.js';
import { formatShape } from '../../model/layers/definition/layerShape.js';
import { values } from '../../streams/consumers/values.js';
import { pipeline } from '../../streams/pipeline.js';
import { printable } from '../../text/printable.js';
import type { ProgramContext } from '../programContext.js';
import { writeChunk, writeText } from '../writeText.js';
import { amountOf, type InferenceFlags, modelOptionsOf } from './inferenceFlags.js';
import { openImages } from './openImages.js';
import { share } from './share.js';
import { doWork, type Work, withProgress } from './work.js';

export interface EncodeFlags extends InferenceFlags {
  readonly output?: string;
  readonly bits?: number;
  readonly share?: string;
}

/** @returns the exit code */
export function encodeAction(path: string, flags: EncodeFlags, context: ProgramContext): Promise<number> {
  const target = targetOf(flags);
  amountOf(flags);
  return doWork(context, async (work) => {
    const model = await openModel(flags.model, { ...modelOptionsOf(flags), signal: work.signal });
    try {
      const { items, source } = await openImages(path, flags, model, work);
      const encoded = withProgress(values(pipeline(source, encode(model))), work, items);
      if (flags.share !== undefined) await share(flags.share, encoded, model, flags.bits ?? 8, work);
      else if (flags.bits === undefined) await writeLatents(target!, encoded, model, work);
      else await writeQuantised(target!, encoded, model, flags.bits, work);
    } finally {
      if (path === '-') context.stdin.destroy();
      model.dispose();
    }
  });
}

/** @throws OptionError, before anything is opened */
function targetOf({ output, share, bits }: EncodeFlags): LatentTarget | undefined {
  if (bits !== undefined) requireBits(bits);
  if (share === undefined) {
    if (output === undefined)
      throw new OptionError('output', output, 'a place for the latents', 'Name a file with output, or with share.');
    return latentTarget(output);
  }
  if (output !== undefined)
    throw new OptionError('output', output, 'nothing with share', 'Leave one of the two out: share has its own file.');
  if (share === '-' || share === '') throw new OptionError('share', share, 'a file');
  return undefined;
}

async function writeQuantised(
  target: LatentTarget,
  encoded: AsyncIterable<Batch & Latents>,
  model: Model,
  bits: number,
  work: Work,
): Promise<void> {
  const beside = target.format === 'stdout' ? join(tmpdir(), 'millrace-latents') : target.path;
  const spool = await LatentSpool.open(beside, model.latentShape);
  try {
    for await (const { pixels: _, ...batch } of encoded) await spool.add(batch);
    const quantised = values(pipeline(spool.batches(), quantise({ bits, ranges: spool.ranges })));
    await writeLatents(target, quantised, model, work);
  } finally {
    await spool.close();
  }
}

async function writeLatents(
  target: LatentTarget,
  batches: AsyncIterable<LatentBatch & Partial<Quantised>>,
  model: Model,
  work: Work,
): Promise<void> {
  let items = 0;
  const counted = withProgress(batches, work, undefined, (done) => {
    items = done;
  });
  if (target.format === 'stdout') {
    for await (const { latents } of counted) if (!(await writeChunk(work.context.stdout, bytesOf(latents)))) return;
    return;
  }
  const written = await writeFile(target, counted, model);
  work.line.clear();
  work.context.stderr.write(`${items} latents of ${formatShape(model.latentShape)}, written to\n`);
  await writeText(work.context.stdout, written.map((path) => `${printable(path)}\n`).join(''));
}

async function writeFile(
  { format, path }: LatentTarget,
  batches: AsyncIterable<LatentBatch & Partial<Quantised>>,
  model: Model,
): Promise<readonly string[]> {
  if (format === 'npy') return writeLatentArray(path, model.latentShape, batches);
  if (format === 'csv') return writeLatentRows(path, batches);
  return writeLatentTensors(path, batches, { decoder: await model.decoderDigest() });
}
