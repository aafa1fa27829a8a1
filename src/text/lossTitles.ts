/** The losses that there are, each with what it is called: the one table of their names, for the model and for what shows it. */
export const LOSS_TITLES = {
  mse: 'mean squared error',
  mae: 'mean absolute error',
  huber: 'Huber loss',
  bce: 'binary cross-entropy',
  ssim: 'structural similarity loss',
} as const;
