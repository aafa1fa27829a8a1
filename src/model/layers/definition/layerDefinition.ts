// What a layer type is: its keys in JSON, the shape it gives, the tensors it has.
import type * as z from 'zod';
import type { Connections } from './connections.js';
import type { LayerPlace, LayerShape } from './layerShape.js';
import type { Penalty } from './penalty.js';

/** One tensor of a layer: what it is called in the layer, and its shape in PyTorch's layout. */
export interface WeightSpec {
  /** e.g. `weight`. */
  readonly name: string;
  readonly shape: readonly number[];
  /** What all its values are before the first update. @default drawn at random, biases by the activation */
  readonly initial?: number;
  /** What runs along with the training: kept with the weights, but not trained. @default false */
  readonly isStatistic?: boolean;
}

/** Whether an optimizer changes it. */
export function isTrained({ isStatistic = false }: WeightSpec): boolean {
  return !isStatistic;
}

/** An object with its type; each key says in a comment what it is for and what it is by default. */
export type LayerSchema = z.ZodObject<{ readonly type: z.ZodLiteral<string> }>;

/** A layer as its schema reads it. */
export type LayerOfSchema<Schema extends LayerSchema> = Readonly<z.infer<Schema>>;

export interface LayerDefinition<Schema extends LayerSchema> {
  /** Every key known, every value of its type and in its range. */
  readonly schema: Schema;
  /**
   * The shape of what comes out, by Keras's rules.
   * @throws ArchitectureError `ARCHITECTURE_SHAPE` when the layer cannot take such an input
   */
  outputShape(layer: LayerOfSchema<Schema>, input: LayerShape, place: LayerPlace): LayerShape;
  /** The tensors that it learns, and those that run along. @default none */
  weights?(layer: LayerOfSchema<Schema>, input: LayerShape): readonly WeightSpec[];
  /** How its `weight` ties outputs to inputs. @default it has none that sums */
  connections?(layer: LayerOfSchema<Schema>, input: LayerShape): Connections;
  /** What it adds to the loss. @param imageValues of the network's input @default nothing */
  penalty?(layer: LayerOfSchema<Schema>, imageValues: number): Penalty;
}

/** The definition as it is; its types follow from its schema. */
export function defineLayer<Schema extends LayerSchema>(definition: LayerDefinition<Schema>): LayerDefinition<Schema> {
  return definition;
}

/** The tensors of a convolution or a dense layer. */
export function weightAndBias(
  shape: readonly number[],
  { outputs, useBias = true }: { readonly outputs: number; readonly useBias: boolean | undefined },
): readonly WeightSpec[] {
  return [{ name: 'weight', shape }, ...(useBias ? [{ name: 'bias', shape: [outputs] }] : [])];
}
