import { jaxAgreement, pytorchAgreement } from '../measurements/agreement.js';
import { figureRow } from './row.js';

/** What is compared is the same network: first losses from the same weights, greatest relative difference. */
export function agreementRows(setting) {
  const bar = 1e-4;
  return [
    figureRow({ what: "PyTorch's losses, all fifteen networks", measured: pytorchAgreement(setting), bar }),
    figureRow({ what: "JAX's losses, transpose", measured: jaxAgreement(setting), bar }),
  ];
}
