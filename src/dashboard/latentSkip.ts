import type { RunEvent } from '../events/schema.js';

type RunLayer = NonNullable<RunEvent['layers']>[number];

/** The first layer of the decoder that reads an output of the encoder other than the latent: the latent alone does not make the image. */
export function latentSkip({ layers = [] }: Pick<RunEvent, 'layers'>): RunLayer | undefined {
  const hidden = layers.filter(({ name }) => name.startsWith('encoder.')).map(({ name }) => name);
  hidden.pop();
  return layers.find(({ name, from }) => name.startsWith('decoder.') && from !== undefined && hidden.includes(from));
}
