import { EngineError } from '../../errors.js';

/** The wasm backend's only way to fail with sound input: its allocator answers 0, or its C++ aborts. */
export function outOfMemory(cause?: unknown): EngineError {
  return new EngineError({
    code: 'ENGINE_UNSUPPORTED',
    problem: 'the wasm backend has run out of memory, of which it can have 4 GiB',
    advice: 'Use smaller batches, a smaller network, or the tensorflow backend.',
    cause,
  });
}
