import util from 'node:util';

/** An optional dependency: the name is a value, so that the compiler does not look for it. */
const PACKAGE: string = '@tensorflow/tfjs-node';

/**
 * Native TensorFlow.
 * @throws whatever its import throws, in a few words
 */
export async function loadTensorflow(): Promise<void> {
  // tfjs-node 4.22 calls this function, which Node 23 removed.
  const isNullOrUndefined = (value: unknown) => value === null || value === undefined;
  if (!('isNullOrUndefined' in util)) Object.assign(util, { isNullOrUndefined });
  // TensorFlow's own lines on stderr: warnings and errors only. (Of a worker's environment it sees nothing.)
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  try {
    await import(PACKAGE);
  } catch (error) {
    throw new Error(inFewWords(error), { cause: error });
  }
}

function inFewWords(error: unknown): string {
  const message = String(error instanceof Error ? error.message : error).split('\n')[0] ?? '';
  if (/cannot find (package|module) '@tensorflow\/tfjs-node'/i.test(message)) return 'tfjs-node is not installed';
  if (message.includes('can not be found at path')) return 'tfjs-node is installed without its native addon';
  return `tfjs-node does not load (${message})`;
}
