// Numbers as a person reads them, in columns.

/** @param {readonly (readonly string[])[]} rows the first has the headings */
export function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const line = (row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join('  ')
      .trimEnd();
  return rows.map(line).join('\n');
}

/** Every row: measured, peer, ratio, bar, stretch, verdict. */
export function verdictTable(verdicts) {
  const heading = ['', 'what', 'measured', 'peer', 'score', 'bar', 'stretch', ''];
  const lines = verdicts.map((row, at) => [
    row.group === verdicts[at - 1]?.group ? '' : row.group,
    row.what,
    quantity(row.measured, row.measuredUnit),
    row.peer === undefined ? (row.peerName ? 'absent' : '') : quantity(row.peer, ''),
    scoreText(row.score, row.unit),
    limitText(row.bar, row),
    limitText(row.stretch, row),
    row.verdict,
  ]);
  return table([heading, ...lines]);
}

/** Every measurement: median, range, processor time over wall time, who did it. */
export function measurementTable(figures, results) {
  const lines = figures.map((figure) => {
    const { name, unit } = figure;
    const rounds = (results.rounds.get(name) ?? []).filter(Boolean);
    const values = rounds.map((result) => result[figure.key]);
    const cpu = results.median({ measurement: figure.measurement, key: 'cpuPerWall' });
    return [
      name,
      quantity(results.median(figure), unit),
      values.length > 1 ? `${number(Math.min(...values))} – ${number(Math.max(...values))}` : '',
      cpu === undefined ? '' : cpu.toFixed(2),
      rounds[0]?.about ?? (results.absent.has(name) ? 'absent' : results.failed.has(name) ? 'failed' : ''),
    ];
  });
  return table([['measurement', 'median', 'range', 'cpu/wall', ''], ...lines]);
}

function quantity(value, unit) {
  return value === undefined ? '' : `${number(value)}${unit === '' ? '' : ` ${unit}`}`;
}

function number(value) {
  if (Math.abs(value) >= 1000) return Math.round(value).toLocaleString('en');
  return String(Number(value.toPrecision(3)));
}

function scoreText(score, unit) {
  if (score === undefined) return '';
  if (unit === '%') return `${(100 * score).toFixed(1)} %`;
  return unit === '×' ? `${score.toFixed(2)}×` : quantity(score, unit);
}

function limitText(limit, { unit, atMost }) {
  if (limit === undefined) return '';
  const text = unit === '%' ? `${100 * limit} %` : unit === '×' ? `${limit}×` : quantity(limit, unit);
  return `${atMost ? '≤' : '≥'} ${text}`;
}
