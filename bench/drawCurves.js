// Curves over epochs as a small SVG, their names at their ends, the vertical axis logarithmic.

const [WIDTH, HEIGHT] = [640, 320];
const [LEFT, RIGHT, TOP, BOTTOM] = [60, 190, 34, 36];
/** Least space between the names, in pixels. */
const LINE = 15;
/** Okabe and Ito's colours, which people with any kind of sight tell apart. */
const COLOURS = ['#000000', '#0072b2', '#d55e00', '#009e73', '#cc79a7', '#56b4e9'];

/** @param {string} title @param {{ name: string, values: number[] }[]} curves a value an epoch, above 0 */
export function drawCurves(title, curves) {
  const all = curves.flatMap(({ values }) => values);
  const [low, high] = [Math.log10(Math.min(...all)) - 0.02, Math.log10(Math.max(...all)) + 0.02];
  const epochs = curves[0].values.length;
  const x = (epoch) => LEFT + ((WIDTH - LEFT - RIGHT) * epoch) / Math.max(1, epochs - 1);
  const y = (value) => TOP + ((high - Math.log10(value)) / (high - low)) * (HEIGHT - TOP - BOTTOM);
  const ticks = ticksBetween(10 ** low, 10 ** high);
  const names = namePlaces(curves.map(({ values }) => y(values.at(-1))));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">`,
    `<title>${title}</title>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
    `<text x="${LEFT}" y="20" font-size="14">${title}</text>`,
    ...ticks.map(
      (tick) =>
        `<path d="M${LEFT} ${round(y(tick))}H${WIDTH - RIGHT}" stroke="#dddddd"/>` +
        `<text x="${LEFT - 6}" y="${round(y(tick) + 4)}" text-anchor="end">${tick}</text>`,
    ),
    ...curves[0].values.map(
      (_, epoch) => `<text x="${round(x(epoch))}" y="${HEIGHT - 18}" text-anchor="middle">${epoch + 1}</text>`,
    ),
    `<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 3}" text-anchor="middle">epoch</text>`,
    ...curves.map(({ name, values }, at) => {
      const points = values.map((value, epoch) => `${round(x(epoch))} ${round(y(value))}`);
      const label = `${name} ${values.at(-1).toFixed(4)}`;
      return (
        `<path d="M${points.join('L')}" fill="none" stroke="${COLOURS[at]}" stroke-width="2"/>` +
        `<text x="${WIDTH - RIGHT + 8}" y="${round(names[at] + 4)}" fill="${COLOURS[at]}">${label}</text>`
      );
    }),
    '</svg>\n',
  ].join('\n');
}

/** 1, 1.5, 2, 3, 5 or 7 times powers of ten. */
function ticksBetween(low, high) {
  const exponents = Array.from({ length: 8 }, (_, at) => at - 6);
  const candidates = exponents.flatMap((exponent) =>
    [1, 1.5, 2, 3, 5, 7].map((mantissa) => Number(`${mantissa}e${exponent}`)),
  );
  return candidates.filter((tick) => tick >= low && tick <= high);
}

/** Where names go that would lie over each other: each below the one before it, the whole within the picture. */
function namePlaces(wanted) {
  const order = wanted.map((place, at) => ({ place, at })).sort((one, other) => one.place - other.place);
  for (let at = 1; at < order.length; at++) order[at].place = Math.max(order[at].place, order[at - 1].place + LINE);
  const over = Math.max(0, order.at(-1).place - (HEIGHT - BOTTOM));
  const places = [];
  for (const { place, at } of order) places[at] = place - over;
  return places;
}

function round(value) {
  return Math.round(value * 10) / 10;
}
