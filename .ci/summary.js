// Adds up vitest's reports and prints CI's closing line. Usage: summary.js FAILED_STEPS REPORT.json…
import { readFileSync } from 'node:fs';

const [failedSteps = '0', ...reports] = process.argv.slice(2);
const totals = { passed: 0, failed: Number(failedSteps), skipped: 0 };
for (const path of reports) {
  const report = JSON.parse(readFileSync(path, 'utf8'));
  totals.passed += report.numPassedTests;
  totals.failed += report.numFailedTests;
  totals.skipped += report.numPendingTests;
}
console.log(`\n${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exitCode = totals.failed === 0 && totals.passed > 0 ? 0 : 1;
