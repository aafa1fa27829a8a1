import { ArchitectureError } from '../../errors.js';
import type { Architecture } from '../architecture.js';

/**
 * A variational layer's output is the latent: what is drawn is what the decoder reads, and what `encode` gives is its mean.
 * @throws ArchitectureError `ARCHITECTURE_LAYER` where one is elsewhere than at the encoder's end
 */
export function requireVariationalPlace({ encoder, decoder }: Architecture, path: string | undefined): void {
  const names = [...encoder.map((_, at) => `encoder.${at}`), ...decoder.map((_, at) => `decoder.${at}`)];
  const layer = names.find(
    (_, at) => at !== encoder.length - 1 && [...encoder, ...decoder][at]!.type === 'variational',
  );
  if (layer === undefined) return;
  throw new ArchitectureError({
    code: 'ARCHITECTURE_LAYER',
    layer,
    problem: `${layer} (variational)`,
    expected: 'a variational layer only as the last of the encoder, whose output is the latent',
    actual: `one at ${layer}`,
    advice: `Put it at the end of the encoder, and what follows it into the decoder.`,
    ...(path === undefined ? {} : { path }),
  });
}
