// The example for MLflow against MLflow itself, where Python has it.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';

const python = process.env.MILLRACE_MLFLOW ?? process.env.MILLRACE_PYTHON ?? 'python3';
const find = 'import sys, importlib.util as u; sys.exit(not u.find_spec("mlflow"))';
const isThere = spawnSync(python, ['-c', find]).status === 0;
const folder = temporaryFolder();

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

test.skipIf(!isThere)(
  'MLflow has all losses of a run (where Python has mlflow)',
  async () => {
    const port = await freePort();
    const address = `http://127.0.0.1:${port}`;
    const settings = ['--host', '127.0.0.1', '--port', String(port), '--workers', '1'];
    const store = ['--backend-store-uri', 'sqlite:///mlflow.db'];
    const server = spawn(python, ['-m', 'mlflow', 'server', ...settings, ...store], {
      cwd: folder,
      env: { ...process.env, DO_NOT_TRACK: 'true' },
      stdio: 'ignore',
      detached: true,
    });
    try {
      const isUp = async () => (await fetch(`${address}/health`).catch(() => undefined))?.ok;
      while (!(await isUp())) await sleep(200);
      const lines: string[] = [];
      vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
      vi.stubEnv('MLFLOW_TRACKING_URI', address);
      await import('../../examples/mlflow.js');
      const id = lines.at(-1)?.split('/').at(-1) ?? '';
      // biome-ignore lint/suspicious/noExplicitAny: what another program answers
      const ask = async (path: string): Promise<any> => (await fetch(`${address}/api/2.0/mlflow/${path}`)).json();
      const { run } = await ask(`runs/get?run_id=${id}`);
      expect(run.info.status).toBe('FINISHED');
      expect(run.data.params).toContainEqual({ key: 'batchSize', value: '20' });
      for (const [key, count] of Object.entries({ loss: 20, train_loss: 2, test_loss: 2 })) {
        const { metrics } = await ask(`metrics/get-history?run_id=${id}&metric_key=${key}`);
        expect(metrics).toHaveLength(count);
      }
    } finally {
      vi.restoreAllMocks();
      vi.unstubAllEnvs();
      process.kill(-server.pid!);
    }
  },
  300_000,
);
