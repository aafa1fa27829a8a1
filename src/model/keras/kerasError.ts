import { ArchitectureError, type ArchitectureErrorCode } from '../../errors.js';
import { printable } from '../../text/printable.js';

/** Where something stands in a Keras model. */
export interface KerasPlace {
  /** The file it is from. */
  readonly path: string | undefined;
  /** e.g. `layers.3` or `layers.0.layers.2`; of the model itself nothing. */
  readonly layer: string;
  /** e.g. `LSTM`. */
  readonly className: string;
}

/** What is wrong with a model that Keras or TensorFlow.js has described: `model.json: layers.3 (LSTM): …`. */
export function kerasError(
  code: ArchitectureErrorCode,
  { path, layer, className }: KerasPlace,
  details: {
    readonly problem?: string;
    readonly expected?: string;
    readonly actual?: string;
    readonly advice: string;
  },
): ArchitectureError {
  const name = `(${printable(className.slice(0, 64))})`;
  const where = layer === '' ? `the model ${name}` : `${layer} ${name}`;
  return new ArchitectureError({
    ...details,
    code,
    problem: details.problem === undefined ? where : `${where}: ${details.problem}`,
    ...(path !== undefined && { path }),
    ...(layer !== '' && { layer }),
  });
}
