import type { Command } from 'commander';
import type { ProgramContext } from '../programContext.js';
import type { EncodeFlags } from './encodeAction.js';
import { addImagesFlags, addModelFlags, number } from './inferenceFlags.js';

const EXAMPLES = `
Examples:
  $ millrace encode mnist --output latents.npy                      float32, and latents-labels.npy
  $ millrace encode mnist --output latents.safetensors --bits 8     whole numbers, the range of each channel, labels
  $ millrace encode mnist --share digits.safetensors --bits 4       with the decoder: millrace decode needs nothing else
  $ millrace encode mnist --output - | python3 -c 'import numpy, sys; print(numpy.frombuffer(sys.stdin.buffer.read(), "<f4").size)'

On stdout are rows of float32, little-endian, one image after the other. Quantised latents are written as the numbers that they stand
for, in a safetensors file as whole numbers.`;

/** Adds `encode`. @param done takes the exit code */
export function registerEncode(program: Command, context: ProgramContext, done: (exitCode: number) => void): void {
  const command = program
    .command('encode')
    .description('the latents of images: what a trained network keeps of them')
    .argument('<images>', 'what --data of train takes: mnist, a file or a folder; - for stdin')
    .option('--output <path|->', 'a name that ends in .npy, .safetensors or .csv, or - for stdout')
    .option(
      '--bits <count>',
      'quantise each channel over its range, 2 to 16 bits (default: none; 8 with --share)',
      number,
    )
    .option('--share <file>', 'quantised, deflated latents and the decoder in one file, and what it saves');
  addImagesFlags(addModelFlags(command))
    .addHelpText('after', EXAMPLES)
    .action(async (images: string, flags: EncodeFlags) => {
      const { encodeAction } = await import('./encodeAction.js');
      done(await encodeAction(images, flags, context));
    });
}
