import { requireExportFormat } from '../../inference/node/export/exportFormats.js';
import { exportModel } from '../../inference/node/export/exportModel.js';
import { openModel } from '../../inference/node/openModel.js';
import { printable } from '../../text/printable.js';
import type { ProgramContext } from '../programContext.js';
import { writeText } from '../writeText.js';
import { type ModelFlags, modelOptionsOf } from './inferenceFlags.js';
import { doWork } from './work.js';

export interface ExportFlags extends Pick<ModelFlags, 'model' | 'architecture' | 'rename'> {
  readonly to: string;
  readonly output: string;
}

/** @returns the exit code */
export function exportAction(flags: ExportFlags, context: ProgramContext): Promise<number> {
  const { to, output, model: path } = flags;
  requireExportFormat(to);
  return doWork(context, async ({ signal }) => {
    const model = await openModel(path, { ...modelOptionsOf(flags), signal });
    try {
      const files = await exportModel(model, { to, output });
      context.stderr.write(`${printable(model.architecture.name)} for ${to}; images there are 0 to 1, written to\n`);
      await writeText(context.stdout, files.map((file) => `${printable(file)}\n`).join(''));
    } finally {
      model.dispose();
    }
  });
}
