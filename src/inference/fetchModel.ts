import { ModelError } from '../errors.js';
import { joinBytes } from '../joinBytes.js';

/** More than a checkpoint of the largest network has. */
const MOST_BYTES = 2 ** 30;

/** As much of the answer as is read here: Node's and the web's are the same. */
interface Answer {
  readonly ok: boolean;
  readonly status: number;
  readonly statusText: string;
  readonly body: {
    getReader(): { read(): Promise<{ done: boolean; value?: Uint8Array }>; cancel(): Promise<void> };
  } | null;
}

/**
 * Fetches a model.
 * @throws ModelError `MODEL_NOT_FOUND`; the signal's reason on abort
 */
export async function fetchModel(address: URL, signal?: AbortSignal): Promise<Uint8Array> {
  const failed = (actual: string, cause?: unknown): ModelError =>
    new ModelError({
      code: 'MODEL_NOT_FOUND',
      path: address.href,
      expected: 'a model that can be fetched',
      actual,
      advice: 'Check the address, or fetch the file by other means and give its path.',
      cause,
    });
  const broken = (cause: unknown): never => {
    signal?.throwIfAborted();
    throw failed(cause instanceof Error ? String(cause.cause ?? cause.message) : String(cause), cause);
  };
  const { ok, status, statusText, body } = (await fetch(address, signal && { signal }).catch(broken)) as Answer;
  if (!ok) throw failed(`the answer ${status} ${statusText}`.trim());
  const reader = body?.getReader();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  while (reader !== undefined) {
    const { done, value } = await reader.read().catch(broken);
    if (done || value === undefined) break;
    chunks.push(value);
    bytes += value.length;
    if (bytes <= MOST_BYTES) continue;
    await reader.cancel();
    throw failed(`more than ${MOST_BYTES} bytes`);
  }
  return joinBytes(chunks);
}
