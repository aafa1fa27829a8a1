// Skip connections from the encoder into the decoder, past the latent.
import { EngineError } from '../errors.js';
import type { Network, NetworkLayer } from './architecture.js';
import { skippedName } from './layers/layers.js';

/** The first layer of the decoder that reads an output of the encoder other than the latent; `undefined` where latents alone make images. */
export function latentSkip({ encoder, decoder }: Pick<Network, 'encoder' | 'decoder'>): NetworkLayer | undefined {
  const hidden = encoder.slice(0, -1).map(({ name }) => name);
  return decoder.find(({ layer }) => hidden.includes(skippedName(layer) ?? ''));
}

/** @throws EngineError `ENGINE_UNSUPPORTED` where latents alone make no image */
export function requireDecodable(network: Network): void {
  const skip = latentSkip(network);
  if (skip === undefined) return;
  throw new EngineError({
    code: 'ENGINE_UNSUPPORTED',
    problem: `decode: ${skip.name} (${skip.layer.type}) also reads ${skippedName(skip.layer)}, which latents do not hold`,
    advice: 'Use reconstruct, which makes images of images.',
  });
}
