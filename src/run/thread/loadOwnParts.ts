import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { RunError } from '../../errors.js';
import { closestName } from '../../text/closestName.js';
import { type ExportedPart, type ExportedParts, PART_NAMES } from './exportedParts.js';

/**
 * What a module exports of a user's own for a run: `data`, `stages`, `prepare`, `engine`, `measure`, each by its name. What they
 * are is looked at by `run`.
 * @param module its address
 * @throws RunError `RUN_MODULE` where it cannot be imported, exports none of these, or one under a name that is nearly right
 */
export async function loadOwnParts(module: string): Promise<ExportedParts> {
  const exported = await imported(module);
  const names = Object.keys(exported);
  const isMissing = (part: ExportedPart): boolean => exported[part] === undefined;
  for (const name of names) {
    const meant = isPart(name) ? undefined : (closestName(name, PART_NAMES) as ExportedPart | undefined);
    if (meant !== undefined && isMissing(meant))
      throw failed(module, `it exports ${name}, which no run has`, `Call it ${meant}, if that is what it is.`);
  }
  if (PART_NAMES.every(isMissing))
    throw failed(
      module,
      `it exports ${names.join(', ') || 'nothing'}, and none of ${PART_NAMES.join(', ')}`,
      'Export by name what the run is to have of yours: export const stages = { … }.',
    );
  return Object.fromEntries(PART_NAMES.filter((part) => !isMissing(part)).map((part) => [part, exported[part]]));
}

function isPart(name: string): name is ExportedPart {
  return (PART_NAMES as readonly string[]).includes(name);
}

async function imported(module: string): Promise<Readonly<Record<string, unknown>>> {
  if (module.startsWith('file:') && !existsSync(new URL(module)))
    throw failed(
      module,
      'there is no such module',
      'Give its place relative to the file that names it; where the program is bundled, build this module beside it too.',
    );
  try {
    return await import(/* @vite-ignore */ /* webpackIgnore: true */ module);
  } catch (cause) {
    if (Object(cause).code === 'ERR_UNKNOWN_FILE_EXTENSION' && /\.[cm]?tsx?$/.test(module))
      throw failed(
        module,
        'this version of Node reads no TypeScript',
        'Compile the module and give the address of the JavaScript, or start Node with a loader (node --import tsx).',
        cause,
      );
    const advice =
      Object(cause).code === 'ERR_MODULE_NOT_FOUND'
        ? 'Install what it imports; where the program is bundled, bundle this module too, as an entry of its own.'
        : 'Run it by itself to see where: node FILE.';
    const reason = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    throw failed(module, `it cannot be imported (${reason})`, advice, cause);
  }
}

function failed(module: string, problem: string, advice: string, cause?: unknown): RunError {
  const path = module.startsWith('file:') ? fileURLToPath(module) : module.slice(0, 80);
  return new RunError({ code: 'RUN_MODULE', path, problem, advice, cause });
}
