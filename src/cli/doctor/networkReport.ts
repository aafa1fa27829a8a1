import { formatCount } from '../../dashboard/format.js';
import { formatShape } from '../../model/layers/definition/layerShape.js';
import type { PlannedKernel } from '../../model/simd/plan/describePlan.js';
import { inColumns } from '../../text/columns.js';
import { printable } from '../../text/printable.js';
import { type NetworkFinding, totalOf } from './network.js';

/** A network for people: its layers, then its plan. */
export function networkReport(network: NetworkFinding): readonly string[] {
  const { name, input, latentShape, parameters, plan } = network;
  const shapes = [input, latentShape, input].map(formatShape).join(' → ');
  return [
    `network ${printable(name)}: ${shapes}, ${formatCount(parameters)} parameters`,
    '',
    ...layerTable(network),
    ...skipNote(network),
    '',
    'plan of the engine simd: the kernel calls of one update, in their order',
    '',
    ...planTable(plan),
    '',
    'For one image; update: for a batch. bytes: what a call reads or writes beside',
    'its input and output, mostly weights.',
  ];
}

function layerTable({ layers, parameters }: NetworkFinding): readonly string[] {
  const rows = layers.map((layer) => [
    layer.name,
    layer.from === undefined ? layer.type : `${layer.type} ${layer.from}`,
    formatShape(layer.outputShape),
    formatCount(layer.parameters),
  ]);
  return inColumns(
    [['layer', 'type', 'output', 'parameters'], ...rows, ['total', '', '', formatCount(parameters)]],
    ['left', 'left', 'left', 'right'],
  );
}

function skipNote({ layers, latentSkip }: NetworkFinding): readonly string[] {
  const skip = layers.find(({ name }) => name === latentSkip);
  return skip === undefined
    ? []
    : ['', `${skip.name} reads ${skip.from} past the latent: latents alone make no image.`];
}

/** Grouped by pass: a column of its own would not fit into 80 cells. */
export function planTable(plan: readonly PlannedKernel[]): readonly string[] {
  const passes = [...new Set(plan.map(({ pass }) => pass))];
  const groups = passes.flatMap((pass) => {
    const kernels = plan.filter((kernel) => kernel.pass === pass);
    return [sumRow(pass, kernels), ...kernels.map(kernelRow)];
  });
  return inColumns(
    [
      ['', '', '', '', 'multiply-'],
      ['pass, layers', 'kernel', 'lanes', 'bytes', 'adds'],
      ...groups,
      sumRow('total', plan),
    ],
    ['left', 'left', 'left', 'right', 'right'],
  );
}

function kernelRow({ layers, kernel, lanes, bytes, multiplyAdds }: PlannedKernel): readonly string[] {
  return [`  ${shortly(layers)}`, kernel, lanes, formatCount(bytes), formatCount(multiplyAdds)];
}

function sumRow(label: string, kernels: readonly PlannedKernel[]): readonly string[] {
  const { bytes, multiplyAdds } = totalOf(kernels);
  return [label, '', '', formatCount(bytes), formatCount(multiplyAdds)];
}

/** `encoder.0 + 1` for `encoder.0 + encoder.1`: what is computed together lies in one list. */
function shortly(layers: string): string {
  return layers.replace(/ \+ \w+\./g, ' + ');
}
