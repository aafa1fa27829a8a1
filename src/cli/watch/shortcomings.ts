import type { Recording } from '../../dashboard/replay/recording.js';
import type { Track } from '../../dashboard/replay/replayedRun.js';
import { printable } from '../../text/printable.js';
import { hasOnlyTags } from '../../tui/presentView.js';

/** What a recording lacks, as sentences for a person: nothing is left out, or made up, without a word. */
export interface Shortcomings {
  readonly damaged?: string;
  readonly missing?: string;
  readonly run?: string;
  /** How another tool's record is read. */
  readonly remarks?: string;
}

/** All that is wrong with what has been read so far. */
export function shortcomingsOf({
  newest: { damaged, problem, missing, state },
  begun,
  recording: { remarks = [] },
}: Pick<Track, 'newest' | 'begun'> & { readonly recording: Pick<Recording, 'remarks'> }): Shortcomings {
  return {
    ...(damaged > 0 && { damaged: damage(damaged, problem) }),
    ...(missing.length > 0 && { missing: lack(missing) }),
    ...(begun && state.run === undefined && !hasOnlyTags(state) && { run: NO_RUN }),
    ...(remarks.length > 0 && { remarks: printable(remarks.join('; ')) }),
  };
}

const NO_RUN = 'no run event says what is trained, on what and for how long';

/** Lines that could not be read, and why the first of them could not. */
export function damage(lines: number, problem: string | undefined): string {
  const passedOver = lines === 1 ? '1 damaged line was passed over' : `${lines} damaged lines were passed over`;
  return problem === undefined ? passedOver : `${passedOver}: ${printable(problem)}`;
}

function lack(missing: readonly string[]): string {
  return `some events have no usable ${missing.join(', ')}: their order stands in where it can`;
}
