// The network of an engine of a user's own that says nothing of its layers: a name and the shape of an image.
import * as z from 'zod';
import type { Architecture, Network } from './architecture.js';

/** A network without layers: what it computes, only its engine knows. */
export function opaqueNetwork(
  name: string,
  input: Architecture['input'],
  /** Values in its weights. */
  parameters = 0,
): Network {
  const architecture = { name, input, encoder: [], decoder: [] };
  return { architecture, encoder: [], decoder: [], latentShape: [], parameters };
}

/** Whether a network is one of these. */
export function isOpaque({ encoder, decoder }: Pick<Network, 'encoder' | 'decoder'>): boolean {
  return encoder.length === 0 && decoder.length === 0;
}

const side = z.int().min(1);
const opaqueSchema = z.object({
  name: z.string(),
  input: z.tuple([side, side, side]),
  encoder: z.tuple([]),
  decoder: z.tuple([]),
});

/** The one that a checkpoint's metadata hold; `undefined` where they hold another network, or none. */
export function parseOpaqueNetwork(value: unknown): Network | undefined {
  const { data } = opaqueSchema.safeParse(value);
  return data && opaqueNetwork(data.name, data.input);
}
