// Every place of a source file that can be mutated: an operator, a comparison, a constant or a statement that can go.
import { parseSync } from 'vite';

const OPERATORS = { '+': '-', '-': '+', '*': '/', '/': '*', '&&': '||', '||': '&&', '%': '*' };
const COMPARISONS = { '<': '<=', '<=': '<', '>': '>=', '>=': '>', '===': '!==', '!==': '===', '==': '!=', '!=': '==' };

/**
 * @param path of the file, for its language
 * @param text its content
 * @returns places in the order of the text: { kind, start, end, replacement }
 */
export function placesOf(path, text) {
  // A parser of TypeScript knows no decorator of a function; AssemblyScript's @inline is one.
  const { program, errors } = parseSync(
    path,
    text.replace(/^\s*@\w+/gm, (decorator) => ' '.repeat(decorator.length)),
  );
  if (errors.length > 0) throw new Error(`${path}: ${errors[0].message}`);
  const places = [];
  walk(program, (node) => {
    const place = placeOf(node, text);
    if (place !== undefined) places.push(place);
  });
  return places.sort((a, b) => a.start - b.start);
}

function placeOf(node, text) {
  switch (node.type) {
    case 'BinaryExpression':
    case 'LogicalExpression':
      return between(node, text);
    case 'Literal':
      return constant(node);
    case 'ExpressionStatement':
      return node.directive == null
        ? { kind: 'statement', start: node.start, end: node.end, replacement: ';' }
        : undefined;
    default:
      return undefined;
  }
}

/** The operator itself stands between its two operands. */
function between({ left, right, operator }, text) {
  const kind = operator in OPERATORS ? 'operator' : operator in COMPARISONS ? 'comparison' : undefined;
  if (kind === undefined) return undefined;
  const start = text.indexOf(operator, left.end);
  if (start < 0 || start >= right.start) return undefined;
  const replacement = OPERATORS[operator] ?? COMPARISONS[operator];
  return { kind, start, end: start + operator.length, replacement };
}

function constant({ value, start, end }) {
  if (typeof value === 'boolean') return { kind: 'constant', start, end, replacement: String(!value) };
  if (typeof value === 'number') return { kind: 'constant', start, end, replacement: String(value + 1) };
  return undefined;
}

/** Types are erased: nothing in them can be wrong at run time. */
function walk(node, visit) {
  if (node === null || typeof node !== 'object') return;
  if (Array.isArray(node)) {
    for (const child of node) walk(child, visit);
    return;
  }
  if (typeof node.type !== 'string' || /^TS(Type|Interface|Literal|Union|Intersection|Tuple|Mapped)/.test(node.type))
    return;
  visit(node);
  for (const child of Object.values(node)) walk(child, visit);
}
