import { MillraceError, OptionError } from '../../errors.js';
import { wrongChoice } from '../../options.js';
import type { Size } from '../../tui/screen/size.js';
import type { Glyphs } from '../../tui/theme/capabilities.js';
import { VIEWS, type ViewName } from '../../tui/viewState.js';
import { PUBLISH_FLAGS, type PublishFlags, publishFlagsOf } from '../publishing/publishFlags.js';
import { glyphsOf } from '../show/glyphsOption.js';
import { SINK_FLAGS, type SinkFlags, sinkFlagsOf } from '../sinks/sinkFlags.js';
import { MOST_RUNS } from './mostRuns.js';

/** As commander gives them. */
export interface WatchFlags extends SinkFlags {
  readonly list?: boolean;
  readonly json?: boolean;
  readonly speed?: string;
  readonly once?: string | boolean;
  readonly size?: string;
  readonly view?: string;
  readonly step?: string;
  readonly compare?: string;
  readonly glyphs?: string;
  readonly serve?: string;
  readonly serveOrigin?: readonly string[];
  readonly nats?: string;
  readonly closeAtEnd?: boolean;
}

export const ONCE_FORMATS = ['text', 'svg'] as const;
export type OnceFormat = (typeof ONCE_FORMATS)[number];

export interface OnceOptions {
  readonly format: OnceFormat;
  readonly size: Size;
  readonly view: ViewName;
  /** `undefined`: the newest. */
  readonly step: number | undefined;
}

/** How runs are drawn, and with what behind them. */
export interface LookOptions {
  /** @default what the environment says */
  readonly glyphs: Glyphs | undefined;
  /** What names the comparison. @default the notebook, where a run is comparable */
  readonly compare: string | undefined;
}

/** What `watch` is asked to do. */
export type WatchRequest =
  | { readonly kind: 'list'; readonly json: boolean }
  | {
      readonly kind: 'once';
      readonly runs: readonly string[];
      readonly options: OnceOptions;
      readonly look: LookOptions;
    }
  | ShowRequest;

export interface ShowRequest {
  readonly kind: 'show';
  readonly runs: readonly string[];
  /** Times as fast as it happened; infinite: everything at once. */
  readonly speed: number;
  readonly look: LookOptions;
  /** Where the events go besides. */
  readonly sinks: SinkFlags;
  readonly publish: WatchPublishing;
}

/** Who else gets the events of the run that is watched. */
export interface WatchPublishing extends PublishFlags {
  /** The server ends with the run, where no dashboard stays. */
  readonly closeAtEnd: boolean;
}

const DEFAULT_SIZE = '120x40';
const LEAST_SIZE: Size = { columns: 20, rows: 6 };
const MOST_SIZE: Size = { columns: 500, rows: 200 };
const MOST_SPEED = 1_000_000;

/** @throws OptionError for whatever does not fit together or lies out of bounds */
export function watchRequest(named: readonly string[], flags: WatchFlags): WatchRequest {
  const { list = false, json = false, once } = flags;
  const isFormat = (ONCE_FORMATS as readonly unknown[]).includes(once);
  // `--once RUN`: what follows is a run where it is not a format.
  const runs = typeof once === 'string' && !isFormat ? [once, ...named] : named;
  refuse(flags, list ? 'list' : once === undefined ? 'show' : 'once');
  if (list) {
    if (runs.length > 0) throw new OptionError('list', runs.join(' '), 'no run beside it', 'It shows all.');
    return { kind: 'list', json };
  }
  requireRuns(runs);
  const look = { glyphs: glyphsOf(flags.glyphs), compare: flags.compare };
  if (once === undefined)
    return {
      ...{ kind: 'show', runs, speed: speedOf(flags.speed ?? 'max'), look },
      ...{ sinks: sinksOf(runs, flags), publish: publishingOf(flags, runs) },
    };
  const options: OnceOptions = {
    format: isFormat ? (once as OnceFormat) : 'text',
    size: sizeOf(flags.size ?? DEFAULT_SIZE),
    view: viewOf(flags.view ?? VIEWS[0]),
    step: flags.step === undefined ? undefined : stepOf(flags.step),
  };
  return { kind: 'once', runs, options, look };
}

type FlagName = keyof WatchFlags;
const BELONGS: Readonly<Record<WatchRequest['kind'], readonly FlagName[]>> = {
  list: ['list', 'json'],
  once: ['once', 'size', 'view', 'step', 'compare', 'glyphs'],
  show: ['speed', 'compare', 'glyphs', ...SINK_FLAGS, ...PUBLISH_FLAGS, 'closeAtEnd'],
};
const NEEDS: Readonly<Partial<Record<FlagName, string>>> = {
  json: '--list beside it',
  size: '--once beside it',
  view: '--once beside it',
  step: '--once beside it',
};

function refuse(flags: WatchFlags, kind: WatchRequest['kind']): void {
  const stranger = (Object.keys(flags) as FlagName[]).find((flag) => !BELONGS[kind].includes(flag));
  if (stranger === undefined) return;
  const expected = kind === 'show' ? (NEEDS[stranger] ?? 'another command') : `nothing but what belongs to --${kind}`;
  throw new OptionError(stranger, flags[stranger], expected, 'Leave one out.');
}

/** @throws OptionError */
function publishingOf(flags: WatchFlags, runs: readonly string[]): WatchPublishing {
  const publish = publishFlagsOf(flags);
  const { closeAtEnd = false } = flags;
  const given = PUBLISH_FLAGS.find((flag) => publish[flag] !== undefined);
  if (given !== undefined && runs.length > 1)
    throw new OptionError(given, runs.join(' '), 'one run', 'Watch the others in processes of their own.');
  if (closeAtEnd && publish.serve === undefined)
    throw new OptionError('closeAtEnd', true, '--serve beside it', 'Without it, leave it out.');
  return { ...publish, closeAtEnd };
}

function requireRuns(runs: readonly string[]): void {
  if (runs.length > MOST_RUNS)
    throw new MillraceError({
      code: 'OPTION',
      expected: `at most ${MOST_RUNS} runs at once`,
      actual: String(runs.length),
      advice: 'Name fewer of them.',
    });
  if (runs.filter((run) => run === '-').length > 1)
    throw new MillraceError({
      code: 'OPTION',
      problem: 'stdin (-) is named twice',
      advice: 'It can be read only once.',
    });
}

/** Runs have folders of their own for TensorBoard; tables and pictures are those of one. */
function sinksOf(runs: readonly string[], flags: WatchFlags): SinkFlags {
  const sinks = sinkFlagsOf(flags);
  const ofOne = (['csv', 'png'] as const).find((flag) => sinks[flag] !== undefined);
  if (ofOne !== undefined && runs.length > 1)
    throw new OptionError(ofOne, sinks[ofOne], 'one run beside it', 'Watch one at a time.');
  return sinks;
}

function speedOf(text: string): number {
  const speed = text === 'max' ? Number.POSITIVE_INFINITY : numberOf(text);
  if (text === 'max' || (speed > 0 && speed <= MOST_SPEED)) return speed;
  throw new OptionError('speed', text, `a number above 0, at most ${MOST_SPEED}, or max`);
}

function sizeOf(text: string): Size {
  const [, columns, rows] = /^(\d{1,4})[x×](\d{1,4})$/.exec(text) ?? [];
  const size = { columns: Number(columns), rows: Number(rows) };
  const fits =
    size.columns >= LEAST_SIZE.columns &&
    size.rows >= LEAST_SIZE.rows &&
    size.columns <= MOST_SIZE.columns &&
    size.rows <= MOST_SIZE.rows;
  if (fits) return size;
  const [least, most] = [LEAST_SIZE, MOST_SIZE].map((bound) => `${bound.columns}x${bound.rows}`);
  throw new OptionError('size', text, `COLUMNSxROWS from ${least} to ${most}`);
}

function viewOf(text: string): ViewName {
  const view = VIEWS.find((name) => name === text);
  if (view === undefined) throw wrongChoice('view', text, VIEWS);
  return view;
}

function stepOf(text: string): number {
  const step = numberOf(text);
  if (Number.isSafeInteger(step) && step >= 0) return step;
  throw new OptionError('step', text, 'a whole number, 0 or more');
}

function numberOf(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text);
}
