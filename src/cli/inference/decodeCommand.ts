import type { Command } from 'commander';
import type { ProgramContext } from '../programContext.js';
import type { DecodeFlags } from './decodeAction.js';
import { addModelFlags } from './inferenceFlags.js';

const EXAMPLES = `
Examples:
  $ millrace decode digits.safetensors --output digits.idx     a shared file brings its decoder
  $ millrace decode latents.npy --output images/ --model baseline
  $ millrace encode mnist --output - | millrace decode - --output - > frames.raw

Takes what millrace encode writes. On stdin are rows of float32, on stdout raw frames: bytes, one image after the other.`;

/** Adds `decode`. @param done takes the exit code */
export function registerDecode(program: Command, context: ProgramContext, done: (exitCode: number) => void): void {
  const command = program
    .command('decode')
    .description('images from latents')
    .argument('<latents>', 'a shared file, .npy, .safetensors or .csv; - for stdin')
    .requiredOption(
      '--output <path|->',
      'a name that ends in .idx, .npy or .png (a sheet), a new folder/, or - for stdout',
    );
  addModelFlags(command)
    .addHelpText('after', EXAMPLES)
    .action(async (latents: string, flags: DecodeFlags) => {
      const { decodeAction } = await import('./decodeAction.js');
      done(await decodeAction(latents, flags, context));
    });
}
