// Keys of the tags: which of them, how they are drawn.
import { type KeyBinding, limitedTo } from './binding.js';

export type TagAction =
  | 'tagBefore'
  | 'tagAfter'
  | 'tagPageUp'
  | 'tagPageDown'
  | 'tagLarge'
  | 'tagFilter'
  | 'tagPin'
  | 'tagFilm'
  | 'smoothing'
  | 'density'
  | 'kind';

export const TAG_KEYS: readonly KeyBinding<TagAction>[] = limitedTo({ views: ['tags'] }, [
  { action: 'tagBefore', keys: ['up', 'k'], shown: '↑ k', help: 'Choose the previous tag' },
  { action: 'tagAfter', keys: ['down', 'j'], shown: '↓ j', help: 'Choose the next tag', hint: ['next tag', 5] },
  { action: 'tagPageUp', keys: ['pageUp'], shown: 'page up', help: 'One page up' },
  { action: 'tagPageDown', keys: ['pageDown'], shown: 'page down', help: 'One page down' },
  { action: 'tagLarge', keys: ['enter'], shown: 'enter', help: 'The chosen tag large, or all', hint: ['large', 4] },
  { action: 'tagFilter', keys: ['/'], shown: '/', help: 'Only names with these words', hint: ['filter', 3] },
  { action: 'tagPin', keys: ['P'], shown: 'P', help: 'Pin the chosen tag, or not', hint: ['pin', 7] },
  { action: 'tagFilm', keys: ['p'], shown: 'p', help: 'Play the pictures of the run' },
  { action: 'smoothing', keys: ['S'], shown: 'S', help: 'Smoother, or as measured', hint: ['smooth', 6] },
  { action: 'density', keys: ['d'], shown: 'd', help: 'As fits, charts, or rows' },
  { action: 'kind', keys: ['v'], shown: 'v', help: 'Figures, pictures …, or all' },
]);
