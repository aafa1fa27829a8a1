import type { Told } from './format.js';
import { type PositionNames, timeOf } from './stepName.js';

/** Where a row stands, by what it says itself. Epochs count from 0 in what others write. */
export function rowPosition(
  { step, epoch, time }: PositionNames,
  cellOf: (name: string) => unknown,
): Omit<Told, 'body'> {
  const stepValue = step === undefined ? undefined : numberOf(cellOf(step));
  const epochValue = epoch === undefined ? undefined : numberOf(cellOf(epoch));
  const wallTime = time === undefined ? undefined : timeOf(cellOf(time));
  return {
    ...(stepValue !== undefined && { step: stepValue }),
    ...(epochValue !== undefined && { epoch: Math.floor(epochValue) + 1 }),
    ...(wallTime !== undefined && { time: wallTime }),
  };
}

function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}
