/** Something about a run that a person should know: a plain sentence, and the step that it refers to. */
export interface Finding {
  /** Which rule has found it. */
  readonly rule: 'notFinite' | 'divergence' | 'plateau' | 'overfitting' | 'deadUnits' | 'bottleneck';
  readonly step: number;
  /** The same in ever fewer words. */
  readonly sentences: readonly [string, ...string[]];
  /** `bad`: the run is going wrong. `note`: it could go better. */
  readonly tone: 'bad' | 'note';
}
