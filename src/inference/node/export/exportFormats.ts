import { wrongChoice } from '../../../options.js';

/** What a model can be exported to. */
export const EXPORT_FORMATS = ['onnx', 'tfjs', 'pytorch'] as const;

export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** @throws OptionError with the nearest name */
export function requireExportFormat(to: unknown): asserts to is ExportFormat {
  if (!EXPORT_FORMATS.some((format) => format === to)) throw wrongChoice('to', to, EXPORT_FORMATS);
}
