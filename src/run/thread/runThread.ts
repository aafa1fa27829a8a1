// The thread in which a run executes: the dashboard never waits for training, and training never waits for the dashboard.
import { parentPort } from 'node:worker_threads';
import { serveRun } from './serveRun.js';

if (parentPort === null) throw new Error('This module is the entry of a worker thread; call startWorker.');
serveRun(parentPort, process.stdin);
