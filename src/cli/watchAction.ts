import type { WatchRequest } from './watch/flags.js';
import { list } from './watch/list.js';

/**
 * Does what `watch` was asked for; what draws is loaded only then.
 * @returns the exit code
 * @throws MillraceError for what is found before anything is shown
 */
export async function watchAction(request: WatchRequest): Promise<number> {
  if (request.kind === 'list') return list(request.json, process);
  if (request.kind === 'once') return (await import('./watch/once.js')).once(request.runs, request.options, process);
  return (await import('./watch/play.js')).play(request.runs, request.speed);
}
