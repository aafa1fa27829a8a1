// Flags that all commands of a trained model have.
import { type Command, Option } from 'commander';
import { OptionError } from '../../errors.js';
import type { OpenModelOptions } from '../../inference/node/openModel.js';
import { BACKENDS, ENGINES } from '../../model/engine.js';
import { type ArrayFlags, addArrayFlags } from '../arrayFlags.js';
import { addImageFlags, type ImageFlags } from '../imageFlags.js';

/** What commander makes of the flags that say which model works, and on what. */
export interface ModelFlags extends Pick<OpenModelOptions, 'engine' | 'backend' | 'threads' | 'rename'> {
  readonly model?: string;
  readonly architecture?: string;
  readonly batchSize?: number;
  readonly limit?: number;
}

/** … and those of images. */
export interface InferenceFlags extends ModelFlags, ArrayFlags, ImageFlags {
  readonly part?: 'train' | 'test';
  readonly offline?: boolean;
}

/** A number where the text is one; otherwise the text itself, for the check to complain about. */
export function number(text: string): number {
  const value = Number(text);
  return (text.trim() === '' || !Number.isFinite(value) ? text : value) as number;
}

/** What `--model` takes. */
const MODEL_HELP =
  'a run (folder, id or name), a checkpoint, a safetensors file or its address (default: the newest run)';

/** Adds the flags that say which model works. */
export function addModelFlag(command: Command): Command {
  return command
    .option('--model <run|file>', MODEL_HELP)
    .option('--architecture <preset|file.json>', 'the network of a file that does not say it')
    .option('--rename', 'take weights by shapes and order, where others have named them');
}

/** … how it works, and on how many. */
export function addModelFlags(command: Command): Command {
  const limited = addModelFlag(command)
    .option('--limit <items>', 'take the first so many', number)
    .option('--batch-size <items>', 'how many are computed at once (default: 256)', number);
  return addEngineFlags(limited);
}

/** What computes it. */
export function addEngineFlags(command: Command): Command {
  return command
    .option('--engine <name>', `what does the arithmetic: ${ENGINES.join(', ')} (default: simd where it runs)`)
    .option('--backend <name>', `tfjs: ${BACKENDS.join(', ')} (default: the best that loads)`)
    .option('--threads <count>', 'simd: threads, at most 4 (default: the cores)', number);
}

/** Adds the flags that say how images are read. @param addOfPhotos adds those of photos */
export function addImagesFlags(command: Command, addOfPhotos = addImageFlags): Command {
  return addOfPhotos(addArrayFlags(command))
    .addOption(
      new Option('--part <name>', 'which images of data that have both (default: train)').choices(['train', 'test']),
    )
    .option('--offline', 'never touch the network');
}

/** What `openModel` takes of the flags. */
export function modelOptionsOf(flags: ModelFlags & PresetFlags): OpenModelOptions {
  const { architecture, rename, engine, backend, threads } = flags;
  const inputShape = inputShapeOf(flags);
  return {
    ...(architecture !== undefined && { architecture }),
    ...(rename !== undefined && { rename }),
    ...(inputShape !== undefined && { inputShape }),
    ...(engine !== undefined && { engine }),
    ...(backend !== undefined && { backend }),
    ...(threads !== undefined && { threads }),
  };
}

/** Flags of images that a preset follows; not every command has them. */
type PresetFlags = { readonly [flag in 'shape' | 'resize' | 'channels']?: InferenceFlags[flag] };

/** The shape of the images, where flags say it. */
function inputShapeOf({ shape, resize, channels = 3 }: PresetFlags): OpenModelOptions['inputShape'] {
  return shape ?? (resize && [...resize, channels]);
}

/** Images of a batch, and how many are taken. @throws OptionError, before anything is opened */
export function amountOf({ batchSize = 256, limit }: ModelFlags): { readonly size: number; readonly limit?: number } {
  for (const [option, value] of Object.entries({ batchSize, limit }))
    if (value !== undefined && !(Number.isSafeInteger(value) && value >= 1))
      throw new OptionError(option, value, 'a whole number, 1 or more');
  return { size: batchSize, ...(limit !== undefined && { limit }) };
}
