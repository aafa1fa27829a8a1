import { OptionError } from '../../errors.js';
import type { EventBody } from '../schema.js';
import { MOST_TEXT_CHARACTERS } from './limits.js';
import { requireMeasuredName } from './requireMeasuredName.js';

/** A `text` event before it is stamped. */
export type TextBody = Extract<EventBody, { type: 'text' }>;

/**
 * A text of your own, as the body of an event: a caption, a remark, what a model wrote. `measure` puts it among the events of a training.
 *
 * @param words at most 65,536 characters, in any number of lines
 *
 * @example
 * const { type, name, text: words } = text('remark', 'the learning rate was halved here');
 * console.log(type, name, words.length); // text remark 33
 *
 * @throws OptionError when the name is empty, or `words` are no text or too long a one
 */
export function text(name: string, words: string): TextBody {
  requireMeasuredName(name);
  if (typeof words !== 'string') throw new OptionError('words', words, 'a text');
  if (words.length > MOST_TEXT_CHARACTERS)
    throw new OptionError(
      'words',
      `${words.length} characters`,
      `at most ${MOST_TEXT_CHARACTERS} characters`,
      'Tell its beginning, or cut it into several.',
    );
  return { type: 'text', name, text: words };
}
