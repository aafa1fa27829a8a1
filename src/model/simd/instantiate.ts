// The compiled kernels, and one instance of them on a memory that threads share.

/** The types of Node have no WebAssembly; this much is used. */
interface WebAssemblyNamespace {
  validate(bytes: Uint8Array): boolean;
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { readonly exports: unknown };
  compile(bytes: Uint8Array): Promise<object>;
  instantiate(module: object, imports: object): Promise<{ readonly exports: unknown }>;
  Memory: new (limits: { initial: number; maximum: number; shared: true }) => { readonly buffer: SharedArrayBuffer };
}
const { WebAssembly: webAssembly } = globalThis as unknown as { readonly WebAssembly?: WebAssemblyNamespace };

export type SharedMemory = InstanceType<WebAssemblyNamespace['Memory']>;

/** What `assembly/index.ts` exports. */
export interface Kernels {
  work(thread: number): number;
  serve(thread: number): void;
  operate(operation: number, fromImage: number, toImage: number, first: number): void;
  takeShard(gradients: number, loss: number): void;
}

export const PAGE_BYTES = 65_536;
/** 4 GiB: as much as 32 bits address. */
export const MAXIMUM_PAGES = 65_536;

export function compile(kernels: Uint8Array): object {
  return new webAssembly!.Module(kernels);
}

/** Aside, as browsers want it. */
export function compileAside(kernels: Uint8Array): Promise<object> {
  return webAssembly!.compile(kernels);
}

/** Whether these kernels can be compiled here. */
export function isValid(kernels: Uint8Array): boolean {
  return webAssembly?.validate(kernels) === true;
}

export function sharedMemory(pages: number): SharedMemory {
  return new webAssembly!.Memory({ initial: pages, maximum: pages, shared: true });
}

/** Kernels on the engine's own thread. @param beginUpdate is called when all gradients of a batch are there */
export async function instantiate(module: object, memory: SharedMemory, beginUpdate: () => void): Promise<Kernels> {
  // Browsers refuse to do it at once for more than some kilobytes.
  return (await webAssembly!.instantiate(module, { env: { memory, beginUpdate } })).exports as Kernels;
}

/** Kernels on another thread, which has nothing else to do. */
export function instantiateHere(module: object, memory: SharedMemory): Kernels {
  return new webAssembly!.Instance(module, { env: { memory, beginUpdate: () => undefined } }).exports as Kernels;
}

/**
 * Why the kernels cannot run here: a phrase, or nothing where they can.
 * @param relaxed the kernels with relaxed SIMD, where those are asked for
 */
export function unsupportedReason(kernels: () => Uint8Array, relaxed?: () => Uint8Array): string | undefined {
  if (webAssembly === undefined) return 'WebAssembly is missing here';
  if (!isValid(kernels())) return 'WebAssembly SIMD or threads are missing here';
  if (relaxed !== undefined && !isValid(relaxed())) return 'WebAssembly relaxed SIMD is missing here';
  try {
    sharedMemory(1);
    return undefined;
  } catch {
    return 'shared WebAssembly memory is missing here';
  }
}
