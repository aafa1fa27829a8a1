// What is trained, as text to read beside the curves.
import type { EventLayer } from '../../../events/event.js';
import type { RunEvent } from '../../../events/schema.js';
import { markdownCode, markdownTable, markdownText } from '../../../text/markdown.js';

/** The network as a table, a row a layer: its options, the shape that leaves it, its parameters. */
export function architectureTable({ architecture, layers = [], parameters }: RunEvent): string | undefined {
  if (architecture === undefined) return undefined;
  const { encoder, decoder, name, input } = architecture;
  const rows = Object.entries({ encoder, decoder }).flatMap(([part, list]) =>
    list.map((layer, at) => {
      const layerName = `${part}.${at}`;
      const known = layers.find((entry) => entry.name === layerName);
      return [
        markdownText(layerName),
        markdownText(layer.type),
        optionsOf(layer),
        known === undefined ? '' : known.output.join(' × '),
        known === undefined ? '' : String(known.parameters),
      ];
    }),
  );
  const total = parameters === undefined ? '' : `, ${parameters} parameters`;
  const table = markdownTable(
    [['layer', 'type', 'options', 'output', 'parameters'], ...rows],
    ['left', 'left', 'left', 'left', 'right'],
  );
  return `**${markdownText(name)}**, input ${input.join(' × ')}${total}\n\n${table}`;
}

function optionsOf({ type: _, ...options }: EventLayer): string {
  return Object.entries(options)
    .map(([option, value]) => markdownCode(`${option} ${typeof value === 'string' ? value : JSON.stringify(value)}`))
    .join(', ');
}
