// Which of TensorFlow.js's backends run here.
import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EngineError } from '../../../errors.js';
import { availableCores } from '../../../files/availableCores.js';
import { BACKENDS, type Backend } from '../../engine.js';
import { loadCpu } from '../loadCpu.js';
import type { LoadedBackend } from '../tfjsEngine.js';
import { loadTensorflow } from './loadTensorflow.js';
import { loadWasm } from './loadWasm.js';

const loaders: Record<Backend, () => Promise<void>> = { tensorflow: loadTensorflow, wasm: loadWasm, cpu: loadCpu };

/** One attempt a process: the outcome would be the same. */
const attempts = new Map<Backend, Promise<void>>();

/**
 * Loads the backend that is asked for, or else the first that loads.
 * @throws EngineError `ENGINE_UNAVAILABLE` that says why, and what to do
 */
export async function loadBackend(asked: Backend | undefined): Promise<LoadedBackend> {
  const failures: string[] = [];
  for (const backend of asked === undefined ? BACKENDS : [asked]) {
    const failure = await backendFailure(backend);
    if (failure === undefined) return { backend, threads: threadsOf(backend), reason: reason(asked, failures) };
    failures.push(`${backend}: ${failure}`);
  }
  throw unavailable(failures);
}

/** Why a backend does not load here: a phrase, or nothing where it does. */
export async function backendFailure(backend: Backend): Promise<string | undefined> {
  const loading = attempts.get(backend) ?? loaders[backend]();
  attempts.set(backend, loading);
  try {
    await loading;
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

/** TensorFlow.js rejects with plain objects, too. */
function messageOf(error: unknown): string {
  return String((error as Partial<Error> | undefined)?.message ?? error);
}

function threadsOf(backend: Backend): number {
  return backend === 'tensorflow' ? availableCores() : 1;
}

function reason(asked: Backend | undefined, failures: readonly string[]): string {
  if (asked !== undefined) return 'asked for';
  return ['the best that loads', ...failures].join('; ');
}

function unavailable(failures: readonly string[]): EngineError {
  return new EngineError({
    code: 'ENGINE_UNAVAILABLE',
    problem: `no such backend here: ${failures.join('; ')}`,
    advice: `Name no backend to take the best that loads.${howToBuild()}`,
  });
}

/** By its own path: an installed package has no scripts that npm would run. In a bundle it is not there. */
function howToBuild(): string {
  const script = fileURLToPath(new URL('../../../../scripts/buildTfjsNode.js', import.meta.url));
  if (process.platform !== 'linux' || process.arch !== 'x64' || !existsSync(script)) return '';
  return ` node ${relative('', script)} makes tensorflow load (with pip and g++).`;
}
