// The colours of words, from Okabe and Ito's palette, which colour-blind eyes can tell apart; darker on a light background.
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
      baseline: '38;2;128;128;128',
      comparison: '38;2;204;121;167',
      label: '38;2;138;138;138',
      rule: '38;2;88;88;88',
      good: '38;2;0;158;115',
      bad: '38;2;213;94;0',
      test: '38;2;230;159;0',
      run2: '38;2;230;159;0',
      run3: '38;2;204;121;167',
      run4: '38;2;240;228;66',
      run5: '38;2;0;114;178',
      above: '38;2;255;160;30',
      below: '38;2;90;180;255',
    },
    2: {
      value: '',
      accent: '38;5;74',
      faint: '38;5;24',
      baseline: '38;5;244',
      comparison: '38;5;175',
      label: '38;5;245',
      rule: '38;5;240',
      good: '38;5;36',
      bad: '38;5;166',
      test: '38;5;178',
      run2: '38;5;178',
      run3: '38;5;175',
      run4: '38;5;221',
      run5: '38;5;25',
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
      bad: '31',
      test: '33',
      run2: '33',
      run3: '35',
      run4: '93',
      run5: '94',
      above: '33',
      below: '34',
    },
  },
  light: {
    3: {
      value: '',
      accent: '38;2;0;114;178',
      faint: '38;2;120;175;210',
      baseline: '38;2;125;125;125',
      comparison: '38;2;160;75;125',
      label: '38;2;96;96;96',
      rule: '38;2;185;185;185',
      good: '38;2;0;120;88',
      bad: '38;2;190;80;0',
      test: '38;2;165;105;0',
      run2: '38;2;165;105;0',
      run3: '38;2;160;75;125',
      run4: '38;2;115;105;0',
      run5: '38;2;50;130;175',
      above: '38;2;200;95;0',
      below: '38;2;0;95;190',
    },
    2: {
      value: '',
      accent: '38;5;25',
      faint: '38;5;110',
      baseline: '38;5;244',
      comparison: '38;5;132',
      label: '38;5;241',
      rule: '38;5;250',
      good: '38;5;29',
      bad: '38;5;130',
      test: '38;5;136',
      run2: '38;5;136',
      run3: '38;5;132',
      run4: '38;5;100',
      run5: '38;5;67',
      above: '38;5;166',
      below: '38;5;26',
    },
    1: {
      value: '',
      accent: '34',
      faint: '36',
      baseline: '90',
      comparison: '35',
      label: '90',
      rule: '37',
      good: '32',
      bad: '31',
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
