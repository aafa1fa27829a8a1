import { formatShape } from '../../../model/layers/definition/layerShape.js';
import { channelsFirst, layersRead, type NetworkPart, SCALING } from '../networkPart.js';
import { pytorchLayer } from './pytorchLayers.js';

const CLASSES = { encoder: 'Encoder', decoder: 'Decoder' } as const;

/** The module `model.py`, which computes these parts with the weights in the safetensors files beside it. */
export function pytorchModule(parts: readonly NetworkPart[], name: string): string {
  const halves = parts.filter((part): part is NetworkPart & { name: keyof typeof CLASSES } => part.name !== 'model');
  const isWhole = halves.length === 2;
  const read = layersRead(halves.flatMap(({ layers }) => layers));
  const loaders = parts
    .filter(({ isAlone }) => isAlone)
    .map(({ name: part }) => loaderOf(part, part === 'model' ? 'Autoencoder' : CLASSES[part]));
  return [
    HEAD(name),
    ...halves.map((half) => classOf(half, CLASSES[half.name], read)),
    ...(isWhole ? [autoencoder(read.size > 0)] : []),
    LOAD,
    ...loaders,
  ].join('\n\n');
}

const HEAD = (name: string): string => `# The network ${JSON.stringify(name)}, exported by Millrace.
# ${SCALING}
# Tensors are NCHW, any number of images; latents have their channels first, too.
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional
`;

const autoencoder = (hasSkips: boolean): string => `class Autoencoder(nn.Module):
    """Images to their reconstructions."""

    def __init__(self):
        super().__init__()
        self.encoder = Encoder()
        self.decoder = Decoder()

    def forward(self, x):
${hasSkips ? '        kept = {}\n        return self.decoder(self.encoder(x, kept), kept)' : '        return self.decoder(self.encoder(x))'}
`;

const LOAD = `def load(module, name):
    """The module with the weights of the file beside this one, ready to compute (not to train)."""
    module.load_state_dict(load_file(str(Path(__file__).with_name(name))))
    return module.eval()
`;

function loaderOf(name: string, className: string): string {
  return `def load_${name}():\n    return load(${className}(), "${name}.safetensors")\n`;
}

/** @param read the layers whose outputs skip connections read: these are kept by name */
function classOf(part: NetworkPart, className: string, read: ReadonlySet<string>): string {
  const { layers, inputLayer, inputName, outputName, inputShape, outputShape } = part;
  const shown = layers.map((layer, index) => ({ ...pytorchLayer(layer, `self[${index}]`), name: layer.name }));
  const keep = (name: string | undefined): readonly string[] =>
    name !== undefined && read.has(name) ? [`        kept["${name}"] = x`] : [];
  return [
    `class ${className}(nn.ModuleList):`,
    `    """${inputName} (${formatShape(channelsFirst(inputShape))}) to ${outputName} (${formatShape(channelsFirst(outputShape))})."""`,
    '',
    '    def __init__(self):',
    '        super().__init__([',
    ...shown.map(({ module }) => `            ${module},`),
    '        ])',
    '',
    ...(read.size === 0
      ? ['    def forward(self, x):']
      : ['    def forward(self, x, kept=None):', '        kept = {} if kept is None else kept']),
    ...keep(inputLayer),
    ...shown.flatMap(({ name, result }) => [`        x = ${result}`, ...keep(name)]),
    '        return x',
    '',
  ].join('\n');
}
