import type { Command } from 'commander';
import { EXPORT_FORMATS } from '../../inference/node/export/exportFormats.js';
import type { ProgramContext } from '../programContext.js';
import type { ExportFlags } from './exportAction.js';
import { addModelFlag } from './inferenceFlags.js';

const EXAMPLES = `
Examples:
  $ millrace export --to onnx --output digits-onnx       model.onnx, encoder.onnx, decoder.onnx
  $ millrace export --to pytorch --output digits-torch   model.py over safetensors files: load_model()
  $ millrace export --to tfjs --output digits-tfjs --model baseline

Images are float32 from 0 to 1 there: a byte divided by 255. Channels come first in onnx and pytorch, last in tfjs.`;

/** Adds `export`. @param done takes the exit code */
export function registerExport(program: Command, context: ProgramContext, done: (exitCode: number) => void): void {
  const command = program
    .command('export')
    .description('a trained network for ONNX, TensorFlow.js or PyTorch')
    .requiredOption('--to <format>', `what it is to be: ${EXPORT_FORMATS.join(', ')}`)
    .requiredOption('--output <folder>', 'a new folder for the network, its encoder and its decoder');
  addModelFlag(command)
    .addHelpText('after', EXAMPLES)
    .action(async (flags: ExportFlags) => {
      const { exportAction } = await import('./exportAction.js');
      done(await exportAction(flags, context));
    });
}
