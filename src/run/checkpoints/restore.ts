import type { RestorableEngine } from '../../model/engine.js';
import type { Checkpoint } from '../../model/weights/readCheckpoint.js';
import type { TrainingPosition } from '../../training/trainingPosition.js';
import type { RunProgress } from '../runProgress.js';

/** What a run has that training changes. */
export interface Restorable {
  readonly engine: RestorableEngine;
  readonly position: TrainingPosition;
  readonly progress: RunProgress;
}

/** Puts a run back to where it was at a checkpoint of its own. */
export function restore({ engine, position, progress }: Restorable, { weights, optimizer, state }: Checkpoint): void {
  engine.setWeights(weights);
  engine.setOptimizerState(optimizer);
  engine.learningRate = state.learningRate;
  const { run, epoch, step } = state;
  if (run === undefined) return;
  position.goTo({ ...run.position, epoch });
  progress.goBackTo(run, { epoch, step });
}
