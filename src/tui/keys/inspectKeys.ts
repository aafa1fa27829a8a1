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
  | 'large'
  | 'pictures'
  | 'costs'
  | 'there'
  | 'film'
  | 'graphics'
  | 'scale'
  | 'steps'
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
  { action: 'film', keys: ['p'], shown: 'p', help: 'Play the film of the run', hint: ['play film', 5] },
  { action: 'graphics', keys: ['K'], shown: 'K', help: 'Pictures as kitty graphics' },
];

const CHARTS: readonly InspectBinding[] = [
  { action: 'scale', keys: ['y'], shown: 'y', help: 'Logarithmic or linear scale' },
  { action: 'steps', keys: ['t'], shown: 't', help: 'Steps logarithmic or even' },
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

/** From what a view shows to what is behind it. */
const ENTER: readonly InspectBinding[] = [
  ...limitedTo({ views: ['overview', 'network'] }, [
    { action: 'large', keys: ['enter'], shown: 'enter', help: 'A picture and its latent' },
  ]),
  ...limitedTo({ views: ['chart'] }, [
    { action: 'pictures', keys: ['enter'], shown: 'enter', help: 'The pictures of this step' },
  ]),
  ...limitedTo({ views: ['film'] }, [
    { action: 'pin', keys: ['enter'], shown: 'enter', help: 'The picture large, or small' },
  ]),
  ...limitedTo({ views: ['stages'] }, [
    { action: 'costs', keys: ['enter'], shown: 'enter', help: 'What each layer costs' },
  ]),
  ...limitedTo({ views: ['log'] }, [
    { action: 'there', keys: ['enter'], shown: 'enter', help: 'The chart at the last row' },
  ]),
];

export const INSPECT_KEYS: readonly InspectBinding[] = [
  ...limitedTo({ views: ['overview', 'chart', 'film', 'tags'] }, CURSOR),
  ...ENTER,
  ...limitedTo({ views: ['overview', 'film'] }, PICTURES),
  ...limitedTo({ views: ['overview', 'chart', 'tags'] }, CHARTS),
  ...limitedTo({ views: ['network', 'stages', 'log'] }, LISTS),
];
