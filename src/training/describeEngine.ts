// What a `run` event says of the engine and its network.

import type { EventBody, RunEvent } from '../events/schema.js';
import { countParameters, type Network } from '../model/architecture.js';

/** As much of an engine as is told: every `Engine` is one, and something of one's own may say no more than its name. */
export interface DescribedEngine {
  readonly description: {
    readonly name: string;
    readonly backend?: string;
    readonly threads?: number;
    readonly reason?: string;
    readonly plan?: readonly string[];
    readonly relaxed?: boolean;
  };
  readonly network?: Network;
  /** Updates done so far. @default 0 */
  readonly step?: number;
}

type EngineFields = Pick<Extract<EventBody, { type: 'run' }>, 'architecture' | 'parameters' | 'layers' | 'engine'>;

/** The fields that are the engine's. */
export function describeEngine({ description, network }: DescribedEngine): EngineFields {
  const { plan, ...rest } = description;
  return {
    ...(network && describeNetwork(network)),
    engine: { ...rest, ...(plan !== undefined && { plan: [...plan] }) },
  };
}

function describeNetwork(network: Network): Omit<EngineFields, 'engine'> {
  const { name, input, encoder, decoder } = network.architecture;
  // An engine of one's own need not say what its network is made of.
  const layers = describeLayers(network);
  return {
    architecture: { name, input: [...input], encoder: encoder.map(asJson), decoder: decoder.map(asJson) },
    parameters: network.parameters,
    ...(layers.length > 0 && { layers }),
  };
}

/** The layers as the `run` event lists them. */
function describeLayers({ encoder, decoder }: Network): NonNullable<RunEvent['layers']> {
  return [...encoder, ...decoder].map(({ name, layer, outputShape, weights }) => ({
    name,
    type: layer.type,
    ...('from' in layer && { from: layer.from }),
    output: [...outputShape],
    parameters: countParameters({ weights }),
  }));
}

function asJson<Layer extends { readonly type: string }>(layer: Layer): Layer & Record<string, unknown> {
  return { ...layer };
}
