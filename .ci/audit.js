// Reads what `npm audit --json` prints and says it in a line. Fails for a known vulnerability; a registry that gives no
// answer, as behind a mirror, is no failure.
import { readFileSync } from 'node:fs';

const { metadata, vulnerabilities = {}, message = 'nothing that can be read' } = parse(readFileSync(0, 'utf8'));
const found = metadata?.vulnerabilities?.total;
if (found === undefined) console.log(`skipped: the registry does not answer audits (${message.split(' - ')[0]})`);
else if (found === 0) console.log(`no known vulnerability in ${metadata.dependencies.prod} runtime dependencies`);
else {
  for (const { name, severity, range } of Object.values(vulnerabilities)) console.log(`${name} ${range}: ${severity}`);
  process.exitCode = 1;
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
