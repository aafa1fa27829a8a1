// Numbers as text that keeps its width.

/** A loss: as many digits as it deserves, at most 8 characters. */
export function formatLoss(loss: number | undefined): string {
  if (loss === undefined) return '–';
  if (Number.isNaN(loss)) return 'NaN';
  if (!Number.isFinite(loss)) return loss > 0 ? '+Inf' : '-Inf';
  if (Math.abs(loss) >= 1000) return loss.toExponential(1);
  return Math.abs(loss) >= 1 ? loss.toFixed(3) : loss.toFixed(5);
}

/** Any number somebody measures: five digits, at most 10 characters. */
export function formatMetric(value: number): string {
  if (!Number.isFinite(value)) return formatLoss(value);
  const [size, digits] = [Math.abs(value), value.toPrecision(5)];
  if (Number.isInteger(value) && size < 1e7) return formatCount(value);
  return size !== 0 && (size < 1e-4 || size >= 1e7) ? value.toExponential(2) : String(Number(digits));
}

/** A learning rate: four digits, of which a schedule leaves more. */
export function formatRate(rate: number): string {
  return String(Number(rate.toPrecision(4)));
}

/** The notebook's scale, which prints around 0.2: four digits tell two epochs apart. */
export function formatPrinted(loss: number | undefined): string {
  return loss !== undefined && Math.abs(loss) < 1 ? loss.toFixed(4) : formatLoss(loss);
}

/** A whole number with thousands set apart. */
export function formatCount(count: number | undefined): string {
  if (count === undefined || !Number.isFinite(count)) return '–';
  return Math.round(count)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',');
}

/** Images a second: three digits are what the measurement is good for, and what stands still long enough to be read. */
export function formatSpeed(imagesPerSecond: number | undefined): string {
  if (imagesPerSecond === undefined || !Number.isFinite(imagesPerSecond)) return '–';
  return formatCount(imagesPerSecond < 1 ? imagesPerSecond : Number(imagesPerSecond.toPrecision(3)));
}

/** `0:07`, `12:34` or `1:02:03`. */
export function formatDuration(milliseconds: number | undefined): string {
  if (milliseconds === undefined || !Number.isFinite(milliseconds)) return '–';
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const tail = String(seconds % 60).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${tail}` : `${minutes}:${tail}`;
}

/** Whole per cent, rounded down: 100 only when done. */
export function formatPercent(share: number | undefined): string {
  if (share === undefined || !Number.isFinite(share)) return '–';
  return `${Math.floor(Math.min(1, Math.max(0, share)) * 100)} %`;
}

/** `980 B`, `12.3 kB`, `198 MB`: three digits. */
export function formatBytes(bytes: number | undefined): string {
  if (bytes === undefined || !Number.isFinite(bytes)) return '–';
  const power = Math.min(4, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  const value = bytes / 1000 ** power;
  const digits = power === 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
  return `${value.toFixed(digits)} ${['B', 'kB', 'MB', 'GB', 'TB'][power]}`;
}

/** Microseconds, three digits. */
export function formatMicroseconds(microseconds: number | undefined): string {
  if (microseconds === undefined || !Number.isFinite(microseconds)) return '–';
  return microseconds.toFixed(microseconds >= 99.95 ? 0 : microseconds >= 9.995 ? 1 : 2);
}
