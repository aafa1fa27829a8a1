// The numbers by which kernels know activations, from the table of `src/model/activations.ts`; the build writes them before it
// compiles the kernels.
import { writeFileSync } from 'node:fs';

/** @param {readonly string[]} activations in the order of their numbers @returns {string} AssemblyScript */
export function activationNumbers(activations) {
  const lines = activations.map((name, number) => `export const ${constantName(name)} = ${number};`);
  return `// Written by scripts/writeActivations.js: the places of src/model/activations.ts.\n${lines.join('\n')}\n`;
}

/** @param {string} path @param {readonly string[]} activations */
export function writeActivations(path, activations) {
  writeFileSync(path, activationNumbers(activations));
}

/** @param {string} name e.g. `leakyRelu` @returns {string} e.g. `LEAKY_RELU` */
function constantName(name) {
  return name.replace(/[A-Z]/g, '_$&').toUpperCase();
}
