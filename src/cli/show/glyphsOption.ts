import { wrongChoice } from '../../options.js';
import { GLYPHS, type Glyphs } from '../../tui/theme/capabilities.js';

/**
 * What `--glyphs` names; `undefined` for `auto`, where the environment decides.
 * @throws OptionError for anything else
 */
export function glyphsOf(name = 'auto'): Glyphs | undefined {
  const glyphs = GLYPHS.find((known) => known === name);
  if (glyphs === undefined && name !== 'auto') throw wrongChoice('glyphs', name, ['auto', ...GLYPHS]);
  return glyphs;
}
