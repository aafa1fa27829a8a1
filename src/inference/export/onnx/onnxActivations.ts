import { type Activation, NEGATIVE_SLOPE } from '../../../model/activations.js';
import type { ActivationKeys } from '../activationKeys.js';
import type { OnnxGraph } from './onnxGraph.js';

type Entry = (graph: OnnxGraph, x: string, keys: ActivationKeys) => string;

const activations: Readonly<Record<Activation, Entry>> = {
  linear: (_, x) => x,
  relu: (graph, x) => graph.add('Relu', [x]),
  tanh: (graph, x) => graph.add('Tanh', [x]),
  sigmoid: (graph, x) => graph.add('Sigmoid', [x]),
  leakyRelu: (graph, x, { negativeSlope = NEGATIVE_SLOPE }) =>
    graph.add('LeakyRelu', [x], { alpha: { float: negativeSlope } }),
  elu: (graph, x) => graph.add('Elu', [x]),
  gelu,
  silu: (graph, x) => graph.add('Mul', [x, graph.add('Sigmoid', [x])]),
};

/** The activation of a layer after its sums. */
export function activated(graph: OnnxGraph, sums: string, keys: ActivationKeys): string {
  return activations[keys.activation ?? 'linear'](graph, sums, keys);
}

/** Gelu is an operator from opset 20 on; its exact form by the error function. */
function gelu(graph: OnnxGraph, x: string): string {
  const error = graph.add('Erf', [graph.add('Mul', [x, graph.number(Math.SQRT1_2)])]);
  const share = graph.add('Mul', [graph.add('Add', [error, graph.number(1)]), graph.number(0.5)]);
  return graph.add('Mul', [x, share]);
}
