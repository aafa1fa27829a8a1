// Numbers of the fields of wandb/proto/wandb_internal.proto that are read.

export const RECORD = { history: 2, config: 5, run: 17, exit: 18 } as const;
export const HISTORY = { item: 1, step: 2 } as const;
export const STEP = { number: 1 } as const;
/** Newer files have typed values, older ones JSON. */
export const ITEM = {
  key: 1,
  nestedKey: 2,
  boolean: 4,
  integer: 5,
  number: 6,
  text: 7,
  json: 8,
  valueJson: 16,
} as const;
export const RUN = { config: 4, startTime: 17 } as const;
export const TIMESTAMP = { seconds: 1 } as const;
export const CONFIG = { update: 1 } as const;
export const EXIT = { code: 1 } as const;
