import type { ReplayCommand } from '../../dashboard/intent.js';
import type { ReplayAction } from '../keys/replayKeys.js';
import { type Action, request } from './action.js';

export const replayActions: Readonly<Record<ReplayAction, Action>> = {
  replayPause: request(({ view }) => [replay(view.replay?.playing === false ? 'play' : 'pause')]),
  replayForward: request(() => [replay('stepForward')]),
  replayBack: request(() => [replay('stepBack')]),
  seekForward: request(() => [replay('forward')]),
  seekBack: request(() => [replay('back')]),
  faster: request(() => [replay('faster')]),
  slower: request(() => [replay('slower')]),
  quit: request(() => [{ type: 'quit' }]),
};

function replay(action: ReplayCommand['action']): ReplayCommand {
  return { type: 'replay', action };
}
