// Public as `millrace/testing`: what authors of sources and operators need to test their own. Needs no test runner.
export { type BatchOfOptions, batchesOf, batchOf } from '../testing/batchOf.js';
export { type BoundOptions, type BoundReport, checkBound } from '../testing/checkBound.js';
export { type FakeEngine, type FakeEngineOptions, fakeEngine } from '../testing/fakeEngine.js';
export { type Script, type ScriptedSource, scriptedSource } from '../testing/scriptedSource.js';
