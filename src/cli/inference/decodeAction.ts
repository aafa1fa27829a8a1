import { fromIterable } from '../../data/fromIterable.js';
import type { LatentBatch } from '../../inference/latentBatch.js';
import type { OpenedLatents } from '../../inference/node/latents/openedLatents.js';
import { rawLatents } from '../../inference/node/latents/rawLatents.js';
import { latentFormatOf, withLatents } from '../../inference/node/latents/withLatents.js';
import { openModel } from '../../inference/node/openModel.js';
import { imageTarget } from '../../inference/node/save/imageTarget.js';
import { decode } from '../../inference/operators/decode.js';
import { values } from '../../streams/consumers/values.js';
import { pipeline } from '../../streams/pipeline.js';
import type { ProgramContext } from '../programContext.js';
import { amountOf, type ModelFlags, modelOptionsOf } from './inferenceFlags.js';
import { doWork } from './work.js';
import { writeImages } from './writeImages.js';

export interface DecodeFlags extends ModelFlags {
  readonly output: string;
}

/** @returns the exit code */
export function decodeAction(path: string, flags: DecodeFlags, context: ProgramContext): Promise<number> {
  const target = imageTarget(flags.output);
  const { size, limit } = amountOf(flags);
  return doWork(context, async (work) => {
    const format = path === '-' ? undefined : await latentFormatOf(path);
    const brought = format === 'shared' && flags.model === undefined ? path : flags.model;
    const model = await openModel(brought, { ...modelOptionsOf(flags), signal: work.signal });
    const writeDecoded = async (latents: OpenedLatents): Promise<void> => {
      const source = fromIterable(taken(latents.batches(size), limit));
      const decoded = pipeline(source, decode(model));
      const items = latents.items === undefined ? undefined : Math.min(latents.items, limit ?? Infinity);
      await writeImages(target, values(decoded), { shape: model.inputShape, items }, work);
    };
    // What waits for stdin ends with it; where nothing waits just then, the error is no one's.
    const endStdin = (): void => {
      context.stdin.on('error', () => undefined).destroy(new Error('stopped'));
    };
    if (path === '-') work.signal.addEventListener('abort', endStdin, { once: true });
    try {
      model.requireDecodable();
      if (format === undefined) await writeDecoded(rawLatents(context.stdin, 'stdin', model.latentShape));
      else await withLatents(path, format, model, writeDecoded);
    } finally {
      if (path === '-') context.stdin.destroy();
      model.dispose();
    }
  });
}

/** The first so many of them. */
async function* taken(batches: AsyncIterable<LatentBatch>, limit = Infinity): AsyncGenerator<LatentBatch> {
  let left = limit;
  for await (const { latents, latentShape, length, labels } of batches) {
    const items = Math.min(length, left);
    const part = latents.subarray(0, (items * latents.length) / length);
    yield {
      latents: part,
      latentShape,
      length: items,
      ...(labels !== undefined && { labels: labels.subarray(0, items) }),
    };
    left -= items;
    if (left === 0) return;
  }
}
