// A model as Keras (`model.to_json()`) and TensorFlow.js (`model.json`) write it: layers, one after the other.
import { describeValue } from '../../text/describeValue.js';
import { quote } from '../../text/quote.js';
import { type KerasPlace, kerasError } from './kerasError.js';

type Fields = Readonly<Record<string, unknown>>;

/** One layer, its settings still unread. */
export interface KerasLayer extends KerasPlace {
  /** As its weights are named. */
  readonly name: string;
  readonly config: Fields;
}

/** A model that is a chain. */
export interface KerasModel {
  readonly name: string;
  /** Of one item. */
  readonly input: readonly number[];
  /** The layers of the whole, or those of two models in it: an encoder and a decoder. */
  readonly parts: readonly (readonly KerasLayer[])[];
}

const MODELS = ['Sequential', 'Functional', 'Model'];

/** Models in models; a file of a megabyte could nest them a thousand times. */
const DEEPEST = 8;

/** Whether a JSON value is such a model, and no architecture of Millrace's. */
export function isKerasModel(value: unknown): boolean {
  const { class_name: className, modelTopology, model_config: config } = fieldsOf(value);
  return className !== undefined || modelTopology !== undefined || config !== undefined;
}

/**
 * The layers of a model in the order of its data.
 * @throws ArchitectureError that names the layer where it is no chain, or no model of layers
 */
export function readKerasModel(value: unknown, path: string | undefined): KerasModel {
  const outer = fieldsOf(value);
  const topology = fieldsOf(outer.modelTopology ?? value);
  // Converted from a file of Keras's, it stands one level deeper.
  const top = topology.model_config === undefined ? topology : fieldsOf(topology.model_config);
  const className = text(top.class_name) ?? 'no class_name';
  const place: KerasPlace = { path, layer: '', className };
  if (!MODELS.includes(className))
    throw kerasError('ARCHITECTURE_LAYER', place, {
      expected: `a model of layers: ${MODELS.join(', ')}`,
      actual: outer.format === 'graph-model' ? 'a graph model, which has none' : describeValue(top.class_name),
      advice: 'Save it with model.to_json() in Keras, or model.save() in TensorFlow.js.',
    });
  const children = childrenOf(fieldsOf(top.config), place);
  const models = children.filter(isModel);
  const isPair = models.length === 2 && children.every((child) => isModel(child) || child.className === 'InputLayer');
  const all = flattened(children, 1);
  const parts = isPair ? models.map((model) => flattened([model], 1)) : [all];
  return {
    name: text(fieldsOf(top.config).name) ?? 'keras',
    input: inputOf(all, place, fieldsOf(top.config).build_input_shape),
    parts: parts.map((layers) => layers.filter((layer) => layer.className !== 'InputLayer')),
  };
}

function isModel({ className }: KerasLayer): boolean {
  return MODELS.includes(className);
}

/** Models in the place of layers give way to what they are made of. */
function flattened(layers: readonly KerasLayer[], depth: number): readonly KerasLayer[] {
  return layers.flatMap((layer) => {
    if (!isModel(layer)) return [layer];
    if (depth > DEEPEST)
      throw kerasError('ARCHITECTURE_LAYER', layer, {
        expected: `at most ${DEEPEST} models in one another`,
        actual: 'more',
        advice: 'This is probably not the file that was meant.',
      });
    return flattened(childrenOf(layer.config, layer), depth + 1);
  });
}

/** A model's layers in the order of its data. */
function childrenOf(config: Fields, place: KerasPlace): readonly KerasLayer[] {
  // Keras 2.2 and before: the list itself.
  const list = Array.isArray(config) ? config : config.layers;
  if (!Array.isArray(list) || list.length === 0)
    throw kerasError('ARCHITECTURE_VALUE', place, {
      expected: 'a list of layers',
      actual: describeValue(list),
      advice: 'Save the model again.',
    });
  const layers = list.map((layer, index) => layerOf(layer, index, place));
  const isFunctional = place.className !== 'Sequential';
  return isFunctional ? chain(layers, list, place) : layers;
}

function layerOf(value: unknown, index: number, { path, layer }: KerasPlace): KerasLayer {
  const fields = fieldsOf(value);
  const config = fieldsOf(fields.config);
  const className = text(fields.class_name) ?? 'no class_name';
  return {
    path,
    layer: `${layer === '' ? '' : `${layer}.`}layers.${index}`,
    className,
    name: text(fields.name) ?? text(config.name) ?? '',
    config: Array.isArray(fields.config) ? { layers: fields.config } : config,
  };
}

/** The layers of a functional model, each of which takes what the one before gives. */
function chain(layers: readonly KerasLayer[], list: readonly unknown[], model: KerasPlace): readonly KerasLayer[] {
  const after = new Map<string, KerasLayer>();
  const beginnings: KerasLayer[] = [];
  for (const [index, layer] of layers.entries()) {
    const from = sourcesOf(fieldsOf(list[index]).inbound_nodes);
    if (from.length === 0) beginnings.push(layer);
    if (from.length > 1) throw noChain(layer, `takes ${from.length} inputs`);
    const [source] = from;
    if (source === undefined) continue;
    const other = after.get(source);
    if (other) throw noChain(layer, `takes what ${other.layer} takes, too`);
    after.set(source, layer);
  }
  if (beginnings.length !== 1) throw noChain(model, `has ${beginnings.length} inputs`);
  const ordered: KerasLayer[] = [];
  for (let next = beginnings[0]; next !== undefined; next = after.get(next.name)) {
    ordered.push(next);
    // A layer that comes back to itself would do so for ever.
    if (ordered.length > layers.length) throw noChain(next, 'takes what it gives');
  }
  const left = layers.find((layer) => !ordered.includes(layer));
  if (left) throw noChain(left, 'is not reached from the input');
  return ordered;
}

function noChain(place: KerasPlace, problem: string) {
  return kerasError('ARCHITECTURE_LAYER', place, {
    problem,
    expected: 'layers in one line, each of which takes what the one before gives',
    actual: 'a graph',
    advice: 'Train it as it is with fromLayersModel, from a program.',
  });
}

/** The names of the layers that a layer takes its input from, in each of the forms that there have been. */
function sourcesOf(nodes: unknown): readonly string[] {
  if (!Array.isArray(nodes)) return [];
  return nodes.flatMap((node) => (Array.isArray(node) ? node.flatMap(nameIn) : tensorsIn(fieldsOf(node).args)));
}

/** `["name", 0, 0, {}]`. */
function nameIn(entry: unknown): readonly string[] {
  return Array.isArray(entry) && typeof entry[0] === 'string' ? [entry[0]] : [];
}

/** Keras 3: `{ class_name: "__keras_tensor__", config: { keras_history: ["name", 0, 0] } }`. */
function tensorsIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(tensorsIn);
  const { keras_history: history } = fieldsOf(fieldsOf(value).config);
  return Array.isArray(history) ? nameIn(history) : [];
}

/** The shape of one item: of the input layer, or what the first layer says. */
function inputOf([first]: readonly KerasLayer[], model: KerasPlace, built: unknown): readonly number[] {
  const { batch_shape: batchShape, batch_input_shape: inputShape } = first?.config ?? {};
  const given = batchShape ?? inputShape ?? built;
  const shape = Array.isArray(given) ? given.slice(1) : [];
  if (shape.length >= 1 && shape.length <= 3 && shape.every((size) => Number.isSafeInteger(size) && size >= 1))
    return shape;
  throw kerasError('ARCHITECTURE_SHAPE', first ?? model, {
    expected: 'an input of a fixed shape: [null, height, width, channels], or [null, values]',
    actual: Array.isArray(given) ? quote(JSON.stringify(given)) : describeValue(given),
    advice: 'Give its first layer an input_shape, and save it again.',
  });
}

export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
