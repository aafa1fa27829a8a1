// Keys that choose what a view shows.
import { type KeyBinding, limitedTo } from './binding.js';

export type InspectAction =
  | 'cursorBack'
  | 'cursorForward'
  | 'cursorFirst'
  | 'cursorNewest'
  | 'digitBefore'
  | 'digitAfter'
  | 'pin'
  | 'film'
  | 'graphics'
  | 'scale'
  | 'window'
  | 'zoomIn'
  | 'zoomOut'
  | 'scrollUp'
  | 'scrollDown'
  | 'pageUp'
  | 'pageDown'
  | 'top'
  | 'bottom';

type InspectBinding = KeyBinding<InspectAction>;

const CURSOR: readonly InspectBinding[] = [
  { action: 'cursorBack', keys: ['left', 'h'], shown: '← h', help: 'Look at an earlier step', hint: ['earlier', 6] },
  { action: 'cursorForward', keys: ['right', 'l'], shown: '→ l', help: 'Look at a later step', hint: ['later', 6] },
  { action: 'cursorFirst', keys: ['home', 'g'], shown: 'home g', help: 'Look at the first step' },
  { action: 'cursorNewest', keys: ['end', 'G'], shown: 'end G', help: 'Follow the newest step' },
];

const PICTURES: readonly InspectBinding[] = [
  { action: 'digitBefore', keys: ['up', 'k'], shown: '↑ k', help: 'Choose the previous picture' },
  { action: 'digitAfter', keys: ['down', 'j'], shown: '↓ j', help: 'Choose the next picture' },
  { action: 'pin', keys: ['enter'], shown: 'enter', help: 'The picture large, or small' },
  { action: 'film', keys: ['p'], shown: 'p', help: 'Play the film of the run', hint: ['play film', 5] },
  { action: 'graphics', keys: ['K'], shown: 'K', help: 'Pictures as kitty graphics' },
];

const CHARTS: readonly InspectBinding[] = [
  { action: 'scale', keys: ['y'], shown: 'y', help: 'Logarithmic or linear scale' },
  { action: 'window', keys: ['w'], shown: 'w', help: 'All steps, or recent ones' },
  { action: 'zoomIn', keys: ['i'], shown: 'i', help: 'Fewer steps, larger' },
  { action: 'zoomOut', keys: ['o'], shown: 'o', help: 'More steps, smaller' },
];

const LISTS: readonly InspectBinding[] = [
  { action: 'scrollUp', keys: ['up', 'k'], shown: '↑ k', help: 'One row up' },
  { action: 'scrollDown', keys: ['down', 'j'], shown: '↓ j', help: 'One row down' },
  { action: 'pageUp', keys: ['pageUp'], shown: 'page up', help: 'One screen up' },
  { action: 'pageDown', keys: ['pageDown'], shown: 'page down', help: 'One screen down' },
  { action: 'top', keys: ['home', 'g'], shown: 'home g', help: 'First row' },
  { action: 'bottom', keys: ['end', 'G'], shown: 'end G', help: 'Last row' },
];

export const INSPECT_KEYS: readonly InspectBinding[] = [
  ...limitedTo({ views: ['overview', 'chart', 'film'] }, CURSOR),
  ...limitedTo({ views: ['overview', 'film'] }, PICTURES),
  ...limitedTo({ views: ['overview', 'chart'] }, CHARTS),
  ...limitedTo({ views: ['network', 'stages', 'log'] }, LISTS),
];
