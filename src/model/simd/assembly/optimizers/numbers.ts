// What optimizers read from memory; the engine writes it (`../kernelConstants.ts`).

/** The numbers of an update, in the order of `Update.numbers` of its optimizer. */
export const NUMBERS: usize = 576;
/** What is remembered becomes zero below: of Adam's first moments, and of all else. */
export const LEAST: usize = 640;
