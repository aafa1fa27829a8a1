import { EngineError, ModelError, OptionError } from '../../errors.js';
import type { Architecture } from '../../model/architecture.js';
import { checkArchitecture } from '../../model/checkArchitecture.js';
import { safetensorsInMemory } from '../../model/safetensors/safetensorsFile.js';
import { createWebSimdEngine } from '../../model/simd/web/createSimdEngine.js';
import type { WeightNaming } from '../../model/weights/readWeights.js';
import { type OptionNames, requireKnownOptions } from '../../options.js';
import { portableSha256 } from '../../sha256.js';
import { fetchModel } from '../fetchModel.js';
import { Model } from '../model.js';
import { readModel } from '../readModel.js';

export interface OpenModelOptions extends WeightNaming {
  /** The network of a file that does not say it, as `checkArchitecture` takes it. @default the one in the file */
  readonly architecture?: Architecture | undefined;
  /** Where `kernels.wasm` is, a file of the package in `dist/assets`, or its bytes. @default where a bundler has put it */
  readonly kernels?: string | URL | Uint8Array | undefined;
  /** Ends a download. @default never */
  readonly signal?: AbortSignal | undefined;
}

const OPTIONS: OptionNames<OpenModelOptions> = { architecture: true, kernels: true, rename: true, signal: true };

/**
 * Opens a trained model in a browser: the same values, to the bit, as in Node. It computes on the thread that opens it; the methods that
 * end in `Async` leave a page its turns.
 *
 * @param source the address of a safetensors file of Millrace's, a checkpoint or a shared file, or its bytes
 * @throws ModelError `MODEL_NOT_FOUND`, `MODEL_ARCHITECTURE`, `MODEL_OWN_ENGINE`; WeightsError as in Node; EngineError
 * `ENGINE_UNAVAILABLE` where the browser has no WebAssembly SIMD, or the kernels cannot be fetched
 *
 * @example
 * import { openModel } from 'millrace/web';
 *
 * const model = await openModel('/digits.safetensors');
 * const { data } = canvas.getContext('2d').getImageData(0, 0, 28, 28);
 * const grey = Uint8Array.from({ length: 784 }, (_, at) => data[4 * at]);
 * const [loss] = await model.scoreAsync(grey);
 * console.log(loss > 0.1 ? 'no digit' : 'a digit'); // a digit
 */
export async function openModel(source: string | URL | Uint8Array, options: OpenModelOptions = {}): Promise<Model> {
  requireKnownOptions(options, OPTIONS);
  const { architecture, rename, signal } = options;
  // A literal that bundlers see: they copy the file.
  const { kernels = new URL('../../assets/kernels.wasm', import.meta.url) } = options;
  const network = architecture === undefined ? undefined : checkArchitecture(architecture);
  const name = source instanceof Uint8Array ? 'the bytes of a model' : addressOf(source, 'source').href;
  const [bytes, code] = await Promise.all([
    bytesOf(source, 'source', signal),
    bytesOf(kernels, 'kernels', signal).catch(withoutKernels),
  ]);
  const file = safetensorsInMemory(bytes, name);
  const read = await readModel(file, { name, network, rename, createSha256: portableSha256 });
  const { loss, huberDelta, hasEncoder } = read;
  const engine = await createWebSimdEngine({ network: read.network, weights: read.weights, kernels: code });
  return new Model(engine, { name, loss, huberDelta, hasEncoder });
}

async function bytesOf(
  source: string | URL | Uint8Array,
  option: string,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  return source instanceof Uint8Array ? source : fetchModel(addressOf(source, option), signal);
}

function withoutKernels(cause: unknown): never {
  if (!(cause instanceof ModelError)) throw cause;
  throw new EngineError({
    code: 'ENGINE_UNAVAILABLE',
    problem: `the kernels cannot be fetched: ${cause.path}, ${cause.actual}`,
    advice: 'Serve node_modules/millrace/dist/assets/kernels.wasm, and give its address, or its bytes, as kernels.',
    cause,
  });
}

/** What of a page or a worker this takes. */
interface Place {
  readonly location?: { readonly href: string };
}

/** @throws OptionError for what is no address; ModelError where one is relative to no page */
function addressOf(source: unknown, option: string): URL {
  if (source instanceof URL) return source;
  if (typeof source !== 'string') throw new OptionError(option, source, 'an address, or the bytes as a Uint8Array');
  try {
    return new URL(source, (globalThis as Place).location?.href);
  } catch (cause) {
    throw new ModelError({
      code: 'MODEL_NOT_FOUND',
      path: source,
      expected: 'an address',
      actual: 'a path',
      advice: 'Give all of it, such as https://example.org/model.safetensors.',
      cause,
    });
  }
}
