// What an old Node runs of Millrace: keep to the syntax of Node 12.

/** The least that `engines` in package.json asks for. */
const LEAST = [20, 9];

/** A sentence where this version of Node is too old, else nothing. */
export function nodeProblem(version) {
  const parts = version.split('.').map(Number);
  if (parts[0] > LEAST[0] || (parts[0] === LEAST[0] && parts[1] >= LEAST[1])) return undefined;
  return (
    'it needs Node ' +
    LEAST.join('.') +
    ' or newer, and this is ' +
    version +
    '. Install a newer one from https://nodejs.org.'
  );
}
