import type { ReplayCommand } from '../../dashboard/intent.js';
import type { ReplayAction } from '../keys/replayKeys.js';
import { type Act, ask } from './action.js';

export const replayActions: Readonly<Record<ReplayAction, Act>> = {
  replayPause: ask(({ view }) => [replay(view.replay?.playing === false ? 'play' : 'pause')]),
  replayForward: ask(() => [replay('stepForward')]),
  replayBack: ask(() => [replay('stepBack')]),
  seekForward: ask(() => [replay('forward')]),
  seekBack: ask(() => [replay('back')]),
  faster: ask(() => [replay('faster')]),
  slower: ask(() => [replay('slower')]),
  quit: ask(() => [{ type: 'quit' }]),
};

function replay(action: ReplayCommand['action']): ReplayCommand {
  return { type: 'replay', action };
}
