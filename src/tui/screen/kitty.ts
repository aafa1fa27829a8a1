// Pictures through kitty's graphics protocol: sent where they are new, replaced where they change, deleted where they go.
// @see https://sw.kovidgoyal.net/kitty/graphics-protocol/
import type { Patch } from './patch.js';

/** Far from what other programs count from, because a terminal's pictures are shared by all of them. */
const FIRST_ID = 10_000;
/** The protocol's bound for one escape sequence. */
const CHUNK = 4096;

/** What turns the pictures of one frame into those of the next. Each one has the id of its place among them. */
export function pictureDifference(before: readonly Patch[], after: readonly Patch[]): string {
  const [old, now] = [picturesOf(before), picturesOf(after)];
  const changes = now.map((patch, place) => (isSame(old[place], patch) ? '' : shown(patch, FIRST_ID + place)));
  const gone = old.slice(now.length).map((_, place) => deleted(FIRST_ID + now.length + place));
  return changes.join('') + gone.join('');
}

function picturesOf(patches: readonly Patch[]): Patch[] {
  return patches.filter(({ picture }) => picture !== undefined);
}

function isSame(before: Patch | undefined, after: Patch): boolean {
  return (
    before?.picture?.image === after.picture?.image &&
    before?.picture?.rows === after.picture?.rows &&
    before?.row === after.row &&
    before?.column === after.column &&
    before?.columns === after.columns
  );
}

/** `a=T` sends and shows, in place of what had this id; `C=1` leaves the cursor alone, `q=2` asks for no answer. */
function shown({ row, column, columns, picture }: Patch, id: number): string {
  const { image, rows } = picture!;
  const data = Buffer.from(image.bytes).toString('base64');
  const keys = `a=T,f=24,s=${image.width},v=${image.height},i=${id},p=1,c=${columns},r=${rows},C=1,q=2`;
  const chunks = data.match(new RegExp(`.{1,${CHUNK}}`, 'g')) ?? [];
  const sent = chunks.map((chunk, place) => {
    const more = `m=${place < chunks.length - 1 ? 1 : 0}`;
    return sequence(place === 0 ? `${keys},${more}` : `q=2,${more}`, chunk);
  });
  return `\u001b[${row + 1};${column + 1}H${sent.join('')}`;
}

/** With its data. */
function deleted(id: number): string {
  return sequence(`a=d,d=I,i=${id},q=2`, '');
}

function sequence(keys: string, data: string): string {
  return `\u001b_G${keys}${data === '' ? '' : ';'}${data}\u001b\\`;
}
