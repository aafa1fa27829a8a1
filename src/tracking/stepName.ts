// Which of the names of a row says where in the training it is, and when it was.

/** The likeliest first: an epoch is a step where nothing finer is said. */
const STEPS = [
  'step',
  'global_step',
  '_step',
  'steps',
  'iteration',
  'iterations',
  'iter',
  'iter_num',
  'num_updates',
  'update',
  'updates',
  'n_updates',
  'timestep',
  'timesteps',
  'total_timesteps',
  'num_timesteps',
  'env_steps',
  'batch',
  'batch_idx',
  'samples',
  'tokens',
  'episode',
  'episodes',
  'round',
  'generation',
  'epoch',
  'epochs',
];

const EPOCHS = ['epoch', 'epochs'];
const TIMES = ['timestamp', '_timestamp', 'wall_time', 'walltime', 'datetime', 'date', 'time', 'ts'];

/** Of the columns that a table has: those that are positions and no measurements. */
export interface PositionNames {
  readonly step: string | undefined;
  readonly epoch: string | undefined;
  readonly time: string | undefined;
}

export function positionNames(names: readonly string[]): PositionNames {
  return { step: among(names, STEPS), epoch: among(names, EPOCHS), time: among(names, TIMES) };
}

function among(names: readonly string[], wanted: readonly string[]): string | undefined {
  const plain = names.map(plainName);
  for (const candidate of wanted) {
    const index = plain.indexOf(candidate);
    if (index >= 0) return names[index];
  }
  return undefined;
}

/** `trainer/global_step`, `Wall time` and `  epoch` are called the same everywhere. */
function plainName(name: string): string {
  return (name.trim().toLowerCase().split('/').at(-1) ?? '').replaceAll(/[ -]/g, '_');
}

/** Milliseconds since 1970 of what stands in a column of times: seconds, milliseconds, or a date as ISO 8601 writes it. */
export function timeOf(value: unknown): number | undefined {
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\d/.test(value)) return finite(Date.parse(value));
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  if (typeof number !== 'number') return undefined;
  // What is smaller than ten years counts from the beginning of something.
  if (number > 3e8 && number < 3e10) return number * 1000;
  return number > 3e11 && number < 3e13 ? number : undefined;
}

function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}
