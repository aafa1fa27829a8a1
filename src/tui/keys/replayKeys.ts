// Keys of `watch`: where a recording is, and how fast it goes.
import { type KeyBinding, limitedTo } from './binding.js';

export type ReplayAction =
  | 'replayPause'
  | 'replayForward'
  | 'replayBack'
  | 'seekBack'
  | 'seekForward'
  | 'slower'
  | 'faster'
  | 'quit';

const KEYS: readonly KeyBinding<ReplayAction>[] = [
  { action: 'replayPause', keys: ['space'], shown: 'space', help: 'Play, or pause', hint: ['pause or play', 3] },
  { action: 'replayForward', keys: ['.'], shown: '.', help: 'One event forward' },
  { action: 'replayBack', keys: [','], shown: ',', help: 'One event back' },
  { action: 'seekBack', keys: ['['], shown: '[', help: 'Back in the recording', hint: ['back', 4] },
  { action: 'seekForward', keys: [']'], shown: ']', help: 'Forward in the recording', hint: ['forward', 4] },
  { action: 'slower', keys: ['<'], shown: '<', help: 'Replay slower', hint: ['slower', 5] },
  { action: 'faster', keys: ['>'], shown: '>', help: 'Replay faster', hint: ['faster', 5] },
  {
    action: 'quit',
    keys: ['q', 'Q', 'ctrl-c'],
    shown: 'q ctrl-c',
    help: 'Close the dashboard',
    hint: ['close', 0],
  },
];

export const REPLAY_KEYS: readonly KeyBinding<ReplayAction>[] = limitedTo({ mode: 'watch' }, KEYS);
