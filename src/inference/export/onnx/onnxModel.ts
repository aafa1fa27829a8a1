import { joinBytes } from '../../../joinBytes.js';
import type { Architecture } from '../../../model/architecture.js';
import { skippedName } from '../../../model/layers/layers.js';
import { integer, type Message, message, text } from '../../../protobuf/write.js';
import { channelsFirst, type NetworkPart, SCALING } from '../networkPart.js';
import { FLOAT, OnnxGraph } from './onnxGraph.js';
import { addLayer } from './onnxLayers.js';

/** The newest that every runtime of the last years reads, with the version of the file that goes with it. */
const OPSET = 13;
const IR_VERSION = 7;

/**
 * A part of a network as an ONNX file: float32, NCHW, any number of images; opset 13.
 * @param version of Millrace
 * @see onnx/onnx.proto in the repository of ONNX, where the fields have their numbers
 */
export function onnxModel(part: NetworkPart, architecture: Architecture, version: string): Uint8Array {
  const graph = new OnnxGraph();
  const specs = part.layers.flatMap(({ weights }) => weights);
  for (const { name, shape } of specs) graph.floats(part.weights.get(name)!.data, shape, name);
  let x: string = part.inputName;
  const outputs = new Map<string | undefined, string>([[part.inputLayer ?? part.inputName, x]]);
  for (const of of part.layers) {
    const skipped = outputs.get(skippedName(of.layer));
    x = addLayer(graph, x, skipped, of);
    outputs.set(of.name, x);
  }
  graph.add('Identity', [x], {}, part.outputName);
  const metadata = { architecture: JSON.stringify(architecture), part: part.name, layout: 'NCHW', scaling: SCALING };
  return joinBytes([
    integer(1, IR_VERSION),
    text(2, 'millrace'),
    text(3, version),
    text(6, SCALING),
    message(7, [
      ...graph.fields(),
      text(2, `${architecture.name} (${part.name})`),
      message(11, value(part.inputName, channelsFirst(part.inputShape))),
      message(12, value(part.outputName, channelsFirst(part.outputShape))),
    ]),
    message(8, [integer(2, OPSET)]),
    ...Object.entries(metadata).map(([key, content]) => message(14, [text(1, key), text(2, content)])),
  ]);
}

/** A ValueInfoProto. */
function value(name: string, shape: readonly number[]): Message {
  const sides = [text(2, 'batch'), ...shape.map((side) => integer(1, side))];
  return [
    text(1, name),
    message(2, [
      message(1, [
        integer(1, FLOAT),
        message(
          2,
          sides.map((side) => message(1, [side])),
        ),
      ]),
    ]),
  ];
}
