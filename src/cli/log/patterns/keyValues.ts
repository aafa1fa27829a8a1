// Names and numbers as Keras, Lightning, tqdm, PyTorch's examples and most others print them: `loss: 0.12 - val_loss: 0.2`, `loss=0.12`,
// `Loss: 2.1`, `'loss': 0.12`, `step 250: train loss 2.1, val loss 2.2`. Where the run is: `Epoch 3/10`, `Train Epoch: 1 [640/60000 (1%)]`,
// `45%|████▌ | 45/100 [00:12<00:15]`, `469/469 ━━━━`, `step 100`, `iter 100`.
import { MOST_VALUES, NUMBER, numberIn, positionOf, type Reading } from '../reading.js';

/** Longest name of a figure, in characters and in words. */
const NAME = String.raw`[A-Za-z_][\w./@-]{0,60}(?: [A-Za-z_][\w./@-]{0,60}){0,3}`;
/** A name, a sign between, a number that no letter or colon follows, but perhaps its unit or what it is out of. */
const PAIR = new RegExp(
  String.raw`(?<![\w./:-])(${NAME})['"]?\s{0,3}[:=]\s{0,3}['"]?(${NUMBER})(?:\/(\d+))?\s?(?:%|ms|s)?(?![\w:])`,
  'gi',
);
/** Without a sign between, only names that are figures for certain. */
const FIGURES =
  'loss|losses|acc|accuracy|lr|ppl|perplexity|auc|f1|error|err|mse|mae|rmse|reward|return|bleu|iou|map|psnr|ssim|kl|grad_norm';
const PLAIN_PAIR = new RegExp(
  String.raw`(?<![\w./:-])((?:[A-Za-z_]\w{0,30} )?(?:\w{0,30}_)?(?:${FIGURES})) {1,3}(${NUMBER})()(?![\w:/])`,
  'gi',
);
const BAR = /(?<![\d./[])(\d+)\/(\d+)(?= *(?:\[|━|-|$))/;
const OF_EPOCH = /\bepochs?\b['"]?[ :=#[]{0,3}(\d+(?:\.\d+)?)/i;
const BRACKETS = /\[ *(\d+)\/(\d+)/;
const STEP = /(?<![\w/])(?:global_?step|step|iter(?:ation)?|update)\b[ :=#]{0,3}(\d[\d,]*)/i;
/** What a line is about, where its names do not say so. */
const SPLIT = /^\W{0,4}(train|test|val|valid|validation|eval)(?:ing|uation)?\b(?: set| epoch)?[ :]/i;
/** Numbers that are no figures. */
const NO_FIGURES = /^(?:eta|v_num|version|pid|port|seed|rank|line|gpu|cuda|device|host|epochs?|size)$/i;

export function keyValues(line: string): Reading | undefined {
  const split = SPLIT.exec(line)?.[1]?.toLowerCase();
  const values = new Map<string, number>();
  for (const pattern of [PAIR, PLAIN_PAIR])
    for (const [, name = '', number = '', of] of line.matchAll(pattern)) {
      if (values.size >= MOST_VALUES) break;
      addPair(values, nameOf(name, split), number, of);
    }
  const epoch = OF_EPOCH.exec(line)?.[1];
  const step = STEP.exec(line)?.[1];
  if (values.size === 0 && epoch === undefined && step === undefined) return undefined;
  const bar = BRACKETS.exec(line) ?? BAR.exec(line);
  return {
    values: [...values],
    epoch: epoch === undefined ? undefined : Number(epoch),
    step: step === undefined ? undefined : numberIn(step),
    progress: bar === null ? undefined : { done: Number(bar[1]), of: Number(bar[2]) },
  };
}

function addPair(values: Map<string, number>, name: string, number: string, of: string | undefined): void {
  const value = numberIn(number);
  const last = name.split('/').at(-1)!;
  if (value === undefined || values.has(name) || positionOf(last) !== undefined || NO_FIGURES.test(last)) return;
  values.set(name, of === undefined || Number(of) === 0 ? value : value / Number(of));
}

/** `train loss` of a line is `train/loss`, and so is the `Loss` of one that begins with "Train". */
function nameOf(name: string, split: string | undefined): string {
  const words = name.trim().split(' ');
  const said = /^(?:train|test|val|valid|validation|eval)$/i.test(words[0]!) && words.length > 1;
  const prefix = said ? words[0]!.toLowerCase() : split;
  const rest = (said ? words.slice(1) : words).filter((word) => !/^(?:set|epoch)$/i.test(word)).join(' ');
  const own = rest === '' ? name : rest;
  return prefix === undefined || own.toLowerCase().startsWith(prefix) ? own : `${prefix}/${own}`;
}
