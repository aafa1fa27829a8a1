import { ArchitectureError } from '../errors.js';
import { type Architecture, countParameters, type Network, type NetworkLayer } from './architecture.js';
import type { LayerShape } from './layers/definition/layerShape.js';
import { formatShape, shapeError, shapeSize } from './layers/definition/layerShape.js';
import type { Layer } from './layers/layers.js';
import { layerPenalty, layerWeights, outputShape } from './layers/layers.js';
import { parseArchitecture } from './layers/parseArchitecture.js';
import { requireVariationalPlace } from './layers/variationalPlace.js';
import { outputAdvice } from './outputAdvice.js';

/** With Adam's two moments a checkpoint of such a network has 600 MB. */
const MAX_PARAMETERS = 50_000_000;

/**
 * Checks a network that came from anywhere and works out its shapes, weights and parameter count.
 *
 * Shapes are Keras's ('same' pads as TensorFlow does), weights are named and laid out as in PyTorch.
 * @param value what a JSON file held, or an `Architecture`
 * @param path the file it is from, for errors
 * @throws ArchitectureError that names the layer, the shapes and the reason
 *
 * @example
 * const network = checkArchitecture({
 *   name: 'small',
 *   input: [2, 2, 1],
 *   encoder: [{ type: 'flatten' }, { type: 'dense', units: 2, activation: 'relu' }],
 *   decoder: [{ type: 'dense', units: 4, activation: 'sigmoid' }, { type: 'reshape', targetShape: [2, 2, 1] }],
 * });
 * console.log(network.parameters); // 22
 */
export function checkArchitecture(value: unknown, path?: string): Network {
  const architecture = parseArchitecture(value, path);
  requireVariationalPlace(architecture, path);
  const place = { path, imageValues: shapeSize(architecture.input), earlier: new Map<string, LayerShape>() };
  const encoder = checkLayers('encoder', architecture.encoder, architecture.input, place);
  const latentShape = lastOf(encoder).outputShape;
  const decoder = checkLayers('decoder', architecture.decoder, latentShape, place);
  const parameters = countAllParameters([...encoder, ...decoder], path);
  refuseOtherOutput(architecture, encoder, decoder, path);
  return { architecture, encoder, decoder, latentShape, parameters };
}

/** @param place its `earlier` grows by the output of each layer */
function checkLayers(
  list: 'encoder' | 'decoder',
  layers: readonly Layer[],
  input: LayerShape,
  {
    path,
    imageValues,
    earlier,
  }: {
    readonly path: string | undefined;
    readonly imageValues: number;
    readonly earlier: Map<string, LayerShape>;
  },
): readonly NetworkLayer[] {
  let inputShape = input;
  return layers.map((layer, index) => {
    const name = `${list}.${index}`;
    const penalty = layerPenalty(layer, imageValues);
    const checked: NetworkLayer = {
      name,
      layer,
      inputShape,
      outputShape: outputShape(layer, inputShape, { path, name, earlier }),
      weights: layerWeights(layer, name, inputShape),
      ...(penalty && { penalty }),
    };
    inputShape = checked.outputShape;
    earlier.set(name, inputShape);
    return checked;
  });
}

function lastOf(layers: readonly NetworkLayer[]): NetworkLayer {
  return layers[layers.length - 1]!;
}

function countAllParameters(layers: readonly NetworkLayer[], path: string | undefined): number {
  let total = 0;
  for (const { name, layer, inputShape, outputShape, weights } of layers) {
    total += countParameters({ weights });
    if (total > MAX_PARAMETERS)
      throw shapeError(
        layer,
        { path, name },
        {
          problem: `${formatShape(inputShape)} → ${formatShape(outputShape)}`,
          expected: `at most ${MAX_PARAMETERS} parameters in the network`,
          actual: `${total} up to here`,
          advice: 'Use fewer filters or units, or pool before this layer.',
        },
      );
  }
  if (total === 0)
    throw new ArchitectureError({
      code: 'ARCHITECTURE_LAYER',
      ...(path === undefined ? {} : { path }),
      problem: 'none of the layers has weights, so there is nothing to train',
      advice: 'Add a conv2d, conv2dTranspose or dense.',
    });
  return total;
}

function refuseOtherOutput(
  architecture: Architecture,
  encoder: readonly NetworkLayer[],
  decoder: readonly NetworkLayer[],
  path: string | undefined,
): void {
  const { input } = architecture;
  const last = lastOf(decoder);
  if (formatShape(last.outputShape) === formatShape(input)) return;
  throw shapeError(
    last.layer,
    { path, name: last.name },
    {
      expected: `the network's output to have its input's shape, ${formatShape(input)}`,
      actual: formatShape(last.outputShape),
      advice: `${outputAdvice(architecture, [...encoder, ...decoder])} Encoder: ${walk(encoder)}. Decoder: ${walk(decoder)}.`,
    },
  );
}

function walk(layers: readonly NetworkLayer[]): string {
  const shapes = [layers[0]!.inputShape, ...layers.map((layer) => layer.outputShape)].map(formatShape);
  const shown = shapes.length > 12 ? [...shapes.slice(0, 6), '…', ...shapes.slice(-6)] : shapes;
  return shown.join(' → ');
}
