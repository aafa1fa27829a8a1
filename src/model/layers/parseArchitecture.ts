import * as z from 'zod';
import { ArchitectureError, type ArchitectureErrorCode } from '../../errors.js';
import { describeValue } from '../../text/describeValue.js';
import { didYouMean } from '../../text/didYouMean.js';
import { quote } from '../../text/quote.js';
import type { Architecture } from '../architecture.js';
import { MAX_FILTERS, whole } from './definition/layerKeys.js';
import { isLayerType, type Layer, layers } from './layers.js';

const MAX_LAYERS = 64;
const MAX_SIDE = 4096;

// Not min and max, which zod asks of anything with a length, and which throw where that is an object.
const layerList = z
  .array(z.unknown(), 'a list of layers')
  .refine(({ length }) => length >= 1 && length <= MAX_LAYERS, `1 to ${MAX_LAYERS} layers`);

/** The network around its layers, which are checked one by one. */
const outlineSchema = z.strictObject({
  name: z.string('a name').regex(/^(?=.*\S)[^\p{C}\p{Zl}\p{Zp}]{1,64}$/u, 'a name of 1 to 64 printable characters'),
  input: z.tuple([whole(MAX_SIDE), whole(MAX_SIDE), whole(MAX_FILTERS)], '[height, width, channels]'),
  encoder: layerList,
  decoder: layerList,
});

/** What is being read, for errors. */
interface Place {
  readonly path: string | undefined;
  /** e.g. `decoder.1`; absent for the network itself. */
  readonly layer?: string;
  /** The layer's type, once it is known. */
  readonly type?: string;
}

/**
 * Reads unknown JSON as a network: every key known, every value of its type and in its range.
 * @throws ArchitectureError `ARCHITECTURE_KEY`, `ARCHITECTURE_VALUE` or `ARCHITECTURE_LAYER`
 */
export function parseArchitecture(value: unknown, path: string | undefined): Architecture {
  const { encoder, decoder, ...outline } = parse(outlineSchema, value, { path });
  const layersOf = (list: 'encoder' | 'decoder', values: readonly unknown[]): Layer[] =>
    values.map((layer, index) => parseLayer(layer, { path, layer: `${list}.${index}` }));
  return { ...outline, encoder: layersOf('encoder', encoder), decoder: layersOf('decoder', decoder) };
}

const layerTypes = Object.keys(layers);

function parseLayer(value: unknown, place: Place): Layer {
  refuseNonObject(value, place);
  const type = valueAt(value, ['type']);
  if (!isLayerType(type)) {
    throw architectureError('ARCHITECTURE_LAYER', place, ['type'], {
      expected: `one of ${layerTypes.join(', ')}`,
      actual: describeValue(type),
      advice: didYouMean(type, layerTypes, 'Layers have the names of TensorFlow.js.'),
    });
  }
  return parse<Layer>(layers[type].schema, value, { ...place, type });
}

function parse<T>(schema: z.ZodType<T> & { readonly shape: object }, value: unknown, place: Place): T {
  refuseNonObject(value, place);
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw refusal(result.error.issues, Object.keys(schema.shape), value, place);
}

function refuseNonObject(value: unknown, place: Place): void {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return;
  throw architectureError('ARCHITECTURE_VALUE', place, [], {
    expected: place.layer === undefined ? 'an object with name, input, encoder and decoder' : 'an object with a type',
    actual: describeValue(value),
    advice: 'The documentation shows a complete architecture file.',
  });
}

/** The first of the issues; a wrong key before the missing one that it stands for. */
function refusal(
  issues: readonly z.core.$ZodIssue[],
  known: readonly string[],
  value: unknown,
  place: Place,
): ArchitectureError {
  const unknownKey = issues.flatMap((issue) => (issue.code === 'unrecognized_keys' ? issue.keys : []))[0];
  if (unknownKey !== undefined) return unknownKeyError(unknownKey, known, place);
  const [issue] = issues;
  const keys = issue?.path ?? [];
  return architectureError('ARCHITECTURE_VALUE', place, keys, {
    expected: issue?.message ?? 'another value',
    actual: describeValue(valueAt(value, keys)),
    advice: `Correct ${[place.layer, ...keys].filter((key) => key !== undefined).join('.')}.`,
  });
}

function unknownKeyError(key: string, known: readonly string[], place: Place): ArchitectureError {
  const takes = `${place.type ?? 'A network'} takes ${known.join(', ')}.`;
  const owners = layerTypes.filter((type) => isLayerType(type) && Object.hasOwn(layers[type].schema.shape, key));
  const owned = owners.length === 1 ? `It is a key of ${owners[0]}.` : '';
  return architectureError('ARCHITECTURE_KEY', place, [], {
    problem: `unknown key ${quote(key)}`,
    advice: [didYouMean(key, known, ''), owned, takes].filter((part) => part !== '').join(' '),
  });
}

function valueAt(value: unknown, keys: readonly PropertyKey[]): unknown {
  return keys.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key) ? Reflect.get(inner, key) : undefined,
    value,
  );
}

function architectureError(
  code: ArchitectureErrorCode,
  { path, layer, type }: Place,
  keys: readonly PropertyKey[],
  details: {
    readonly problem?: string;
    readonly expected?: string;
    readonly actual?: string;
    readonly advice: string;
  },
): ArchitectureError {
  const where = layer === undefined || type === undefined ? layer : `${layer} (${type})`;
  const parts = [where, keys.length === 0 ? undefined : keys.join('.'), details.problem];
  const problem = parts.filter((part) => part !== undefined).join(': ');
  return new ArchitectureError({
    ...details,
    code,
    ...(path === undefined ? {} : { path }),
    ...(layer === undefined ? {} : { layer }),
    problem: problem === '' ? 'architecture' : problem,
  });
}
