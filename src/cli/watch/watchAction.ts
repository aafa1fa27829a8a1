import type { ProgramContext } from '../programContext.js';
import { listAction } from '../runs/listAction.js';
import type { LookOptions, WatchRequest } from './flags.js';
import type { Looks } from './watchView.js';

/**
 * Does what `watch` was asked for; what draws is loaded only then.
 * @returns the exit code
 * @throws MillraceError for what is found before anything is shown
 */
export async function watchAction(request: WatchRequest, context: ProgramContext): Promise<number> {
  if (request.kind === 'list') return listAction(request.json, context);
  if (request.kind === 'once')
    return (await import('./once.js')).once(request.runs, request.options, await looksOf(request.look), context);
  return (await import('./play.js')).play(request, await looksOf(request.look), context);
}

async function looksOf({ glyphs, compare }: LookOptions): Promise<Looks> {
  if (compare === undefined) return { glyphs, comparison: undefined };
  return { glyphs, comparison: await (await import('../comparison/readComparison.js')).readComparison(compare) };
}
