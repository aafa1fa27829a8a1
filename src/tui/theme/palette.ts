// The colours of words, from Okabe and Ito's palette, which colour-blind eyes can tell apart; darker on a light background. Words have a
// contrast of 4.5 at least; `faint` and `rule` are for lines, never for words.
import type { ColorLevel } from './capabilities.js';

/** What a word means for the eye. */
export type Tone =
  | 'value'
  | 'accent'
  | 'faint'
  | 'baseline'
  | 'comparison'
  | 'label'
  | 'rule'
  | 'good'
  | 'bad'
  | 'warning'
  | 'test'
  | 'above'
  | 'below'
  | 'run2'
  | 'run3'
  | 'run4'
  | 'run5';

/** Foreground codes (SGR); `value` is the terminal's own colour. */
type Palette = Readonly<Record<Exclude<ColorLevel, 0>, Readonly<Record<Tone, string>>>>;

export const PALETTES: Readonly<Record<'dark' | 'light', Palette>> = {
  dark: {
    3: {
      value: '',
      accent: '38;2;86;180;233',
      faint: '38;2;52;108;140',
      baseline: '38;2;140;140;140',
      comparison: '38;2;204;121;167',
      label: '38;2;160;160;160',
      rule: '38;2;88;88;88',
      good: '38;2;0;158;115',
      bad: '38;2;232;108;24',
      warning: '38;2;240;190;60',
      test: '38;2;230;159;0',
      run2: '38;2;230;159;0',
      run3: '38;2;204;121;167',
      run4: '38;2;240;228;66',
      run5: '38;2;74;144;217',
      above: '38;2;255;160;30',
      below: '38;2;90;180;255',
    },
    2: {
      value: '',
      accent: '38;5;74',
      faint: '38;5;24',
      baseline: '38;5;246',
      comparison: '38;5;175',
      label: '38;5;248',
      rule: '38;5;240',
      good: '38;5;36',
      bad: '38;5;202',
      warning: '38;5;221',
      test: '38;5;178',
      run2: '38;5;178',
      run3: '38;5;175',
      run4: '38;5;221',
      run5: '38;5;68',
      above: '38;5;208',
      below: '38;5;39',
    },
    1: {
      value: '',
      accent: '36',
      faint: '34',
      baseline: '90',
      comparison: '35',
      label: '37',
      rule: '90',
      good: '32',
      bad: '91',
      warning: '93',
      test: '33',
      run2: '33',
      run3: '35',
      run4: '93',
      run5: '94',
      above: '33',
      below: '94',
    },
  },
  light: {
    3: {
      value: '',
      accent: '38;2;0;114;178',
      faint: '38;2;120;175;210',
      baseline: '38;2;110;110;110',
      comparison: '38;2;160;75;125',
      label: '38;2;88;88;88',
      rule: '38;2;185;185;185',
      good: '38;2;0;120;88',
      bad: '38;2;180;60;0',
      warning: '38;2;128;90;0',
      test: '38;2;148;92;0',
      run2: '38;2;148;92;0',
      run3: '38;2;160;75;125',
      run4: '38;2;115;105;0',
      run5: '38;2;36;112;158',
      above: '38;2;178;82;0',
      below: '38;2;0;95;190',
    },
    2: {
      value: '',
      accent: '38;5;25',
      faint: '38;5;110',
      baseline: '38;5;242',
      comparison: '38;5;90',
      label: '38;5;240',
      rule: '38;5;250',
      good: '38;5;23',
      bad: '38;5;124',
      warning: '38;5;94',
      test: '38;5;94',
      run2: '38;5;94',
      run3: '38;5;90',
      run4: '38;5;58',
      run5: '38;5;61',
      above: '38;5;124',
      below: '38;5;26',
    },
    1: {
      value: '',
      accent: '34',
      faint: '36',
      baseline: '',
      comparison: '35',
      label: '',
      rule: '37',
      good: '34',
      bad: '31',
      warning: '31',
      test: '33',
      run2: '33',
      run3: '35',
      run4: '36',
      run5: '94',
      above: '33',
      below: '34',
    },
  },
};
