// Which engines this machine has: each is tried, none is guessed.
import { availableCores } from '../../files/availableCores.js';
import type { Architecture } from '../../model/architecture.js';
import { checkArchitecture } from '../../model/checkArchitecture.js';
import { BACKENDS, type Backend, type EngineDescription } from '../../model/engine.js';
import { createEngine } from '../../model/node/createEngine.js';

/** An engine with one of its backends, as `run` events name them. */
export type EngineFinding = Pick<EngineDescription, 'name' | 'backend' | 'relaxed'> &
  (
    | { readonly available: true; readonly threads: number }
    /** Why not: a phrase for a person. */
    | { readonly available: false; readonly reason: string }
  );

/** What `millrace train` would take, and why; or why nothing. */
export type DefaultEngine =
  | (Omit<EngineDescription, 'plan'> & { readonly available: true })
  | { readonly available: false; readonly reason: string };

/** Every engine and backend, best first. */
export async function examineEngines(): Promise<readonly EngineFinding[]> {
  const simd = [await examineSimd(false), await examineSimd(true)];
  // One after the other: each of them takes all the cores while it loads.
  const tfjs: EngineFinding[] = [];
  for (const backend of BACKENDS) tfjs.push(await examineBackend(backend));
  return [...simd, ...tfjs];
}

async function examineSimd(relaxed: boolean): Promise<EngineFinding> {
  const engine = { name: 'simd', backend: 'wasm-simd', ...(relaxed && { relaxed }) } as const;
  try {
    const [{ simdUnsupported }, { MAX_THREADS }] = await Promise.all([
      import('../../model/simd/node/compileKernels.js'),
      import('../../model/simd/node/createSimdEngine.js'),
    ]);
    const reason = simdUnsupported(relaxed);
    if (reason !== undefined) return { ...engine, available: false, reason };
    return { ...engine, available: true, threads: Math.min(availableCores(), MAX_THREADS) };
  } catch (error) {
    return { ...engine, available: false, reason: phrase(error) };
  }
}

async function examineBackend(backend: Backend): Promise<EngineFinding> {
  const engine = { name: 'tfjs', backend } as const;
  try {
    const { backendFailure, loadBackend } = await import('../../model/tfjs/node/backends.js');
    const reason = await backendFailure(backend);
    if (reason !== undefined) return { ...engine, available: false, reason };
    return { ...engine, available: true, threads: (await loadBackend(backend)).threads };
  } catch (error) {
    return { ...engine, available: false, reason: phrase(error) };
  }
}

const SMALL: Architecture = {
  name: 'small',
  input: [4, 4, 1],
  encoder: [{ type: 'conv2d', filters: 4, kernelSize: 2, strides: 2, activation: 'relu' }],
  decoder: [{ type: 'conv2dTranspose', filters: 1, kernelSize: 2, strides: 2, activation: 'sigmoid' }],
};

/** Makes one, as `millrace train` without options does: memory and threads are there, too. */
export async function findDefaultEngine(): Promise<DefaultEngine> {
  try {
    const engine = await createEngine({ network: checkArchitecture(SMALL) });
    engine.dispose();
    const { plan: _, ...description } = engine.description;
    return { ...description, available: true };
  } catch (error) {
    return { available: false, reason: phrase(error) };
  }
}

/** A broken installation is what this command is for: its errors are findings. */
function phrase(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0]!;
}
