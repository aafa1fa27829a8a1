// Keys that move about: between views, in and out.
import { VIEWS } from '../viewState.js';
import type { KeyBinding } from './binding.js';

export type ViewAction =
  | 'view'
  | 'nextView'
  | 'previousView'
  | 'help'
  | 'alerts'
  | 'result'
  | 'out'
  | 'full'
  | 'mouse'
  | 'nextRun'
  | 'suspend'
  | 'repaint';

const NUMBERS = VIEWS.map((_, index) => String(index + 1));

export const VIEW_KEYS: readonly KeyBinding<ViewAction>[] = [
  { action: 'view', keys: NUMBERS, shown: `1–${VIEWS.length}`, help: 'The view of this number' },
  { action: 'nextView', keys: ['tab'], shown: 'tab', help: 'Next view', hint: ['views', 2] },
  { action: 'previousView', keys: ['shift-tab'], shown: 'shift-tab', help: 'Previous view' },
  { action: 'help', keys: ['?'], shown: '?', help: 'Show or hide these keys', hint: ['keys', 1] },
  { action: 'alerts', keys: ['a'], shown: 'a', help: 'Alerts, and what may help' },
  {
    action: 'result',
    keys: ['r'],
    shown: 'r',
    help: 'Result, or the overview',
    phases: ['ended'],
    hint: ['result or overview', 3],
  },
  { action: 'out', keys: ['escape'], shown: 'esc', help: 'Back' },
  {
    action: 'full',
    keys: ['f'],
    shown: 'f',
    help: 'Full screen, and back',
    views: ['overview', 'chart', 'film', 'tags'],
  },
  { action: 'nextRun', keys: ['n'], shown: 'n', help: 'Next of the runs shown', several: true, hint: ['next run', 3] },
  { action: 'mouse', keys: ['m'], shown: 'm', help: 'Mouse on, or off' },
  { action: 'suspend', keys: ['ctrl-z'], shown: 'ctrl-z', help: 'To the shell; fg returns' },
  { action: 'repaint', keys: ['ctrl-l'], shown: 'ctrl-l', help: 'Draw the screen anew' },
];
