// A real Prometheus scrapes what `millrace train --serve` serves, and promtool checks it.
// Usage: node .ci/scrape.js PROMETHEUS PROMTOOL REPORT.json
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const [prometheus, promtool, report] = process.argv.slice(2);
const PROGRAM = fileURLToPath(new URL('../bin/millrace.js', import.meta.url));
const WAIT_MS = 60_000;
const folder = mkdtempSync(join(tmpdir(), 'millrace-scrape-'));
const children = [];

/** Tries until something is there. */
async function eventually(what, attempt) {
  const start = performance.now();
  for (;;) {
    const found = await attempt().catch(() => undefined);
    if (found !== undefined) return found;
    if (performance.now() - start > WAIT_MS) throw new Error(`${what} did not come`);
    await sleep(200);
  }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}

function start(command, ...args) {
  const child = spawn(command, args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  let text = '';
  child.stderr.setEncoding('utf8').on('data', (piece) => {
    text += piece;
  });
  children.push(child);
  return () => text;
}

async function scrape() {
  const train = '--limit 2000 --epochs 1 --no-output --offline --ui plain --serve 0'.split(' ');
  const said = start(process.execPath, PROGRAM, 'train', ...train);
  await eventually('the end of the run', async () => (said().includes('Ctrl-C ends it') ? true : undefined));
  const [, url] = /Serving (http:\S+)/.exec(said());
  const text = await (await fetch(`${url}/metrics`)).text();
  const check = spawnSync(promtool, ['check', 'metrics'], { input: text, encoding: 'utf8' });
  if (check.status !== 0) throw new Error(`promtool: ${check.stdout}${check.stderr}`);
  const port = await freePort();
  const config = join(folder, 'prometheus.yml');
  const target = new URL(url).host;
  writeFileSync(
    config,
    `scrape_configs: [{ job_name: millrace, scrape_interval: 1s, static_configs: [{ targets: ['${target}'] }] }]\n`,
  );
  start(
    prometheus,
    `--config.file=${config}`,
    `--storage.tsdb.path=${folder}/tsdb`,
    `--web.listen-address=127.0.0.1:${port}`,
  );
  const query = async (name) => {
    const answer = await fetch(`http://127.0.0.1:${port}/api/v1/query?query=${encodeURIComponent(name)}`);
    return (await answer.json()).data.result[0]?.value[1];
  };
  await eventually('a scrape', () => query('up{job="millrace"} == 1'));
  const samples = [...text.matchAll(/^(millrace_\w+(?:\{.*\})?) (\S+)$/gm)].filter(
    ([line]) => !line.includes('_clients'),
  );
  for (const [, name, value] of samples) {
    const seen = await eventually(name, () => query(name));
    if (Number(seen) !== Number(value)) throw new Error(`${name} is ${value}, and Prometheus has ${seen}`);
  }
  return samples.length;
}

let count = 0;
let failure;
try {
  count = await scrape();
  console.log(`Prometheus has all ${count} numbers`);
} catch (error) {
  failure = error;
  console.error(error.message);
} finally {
  for (const child of children) child.kill('SIGINT');
  await Promise.all(children.map((child) => (child.exitCode === null ? once(child, 'exit') : undefined)));
  rmSync(folder, { recursive: true, force: true });
}
writeFileSync(report, JSON.stringify({ numPassedTests: count, numFailedTests: failure ? 1 : 0, numPendingTests: 0 }));
process.exitCode = failure ? 1 : 0;
