// Clients of one server, in a process of their own. Of what each gets it knows the newest number; the first one looks at every event.
// Usage: clients.js URL COUNT reading|silent
import { connect } from 'node:net';

const [url, count, kind] = process.argv.slice(2);
const { hostname, port } = new URL(url);
const newest = Array.from({ length: Number(count) }, () => -1);
let bytes = 0;
let gaps = 0;

for (let client = 0; client < newest.length; client++) {
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  socket.write(`GET /events HTTP/1.1\r\nHost: ${hostname}\r\n\r\n`);
  if (kind === 'silent') {
    socket.pause();
    continue;
  }
  let rest = '';
  socket.on('data', (piece) => {
    bytes += piece.length;
    if (client === 0) {
      // An id may be cut in two: what is left of the piece before has the beginning of it.
      const text = rest + piece.toString('latin1');
      rest = text.slice(-24);
      lookAtAll(text);
      return;
    }
    const at = piece.lastIndexOf('\nid: ');
    const id = at < 0 ? Number.NaN : Number.parseInt(piece.toString('latin1', at + 5, at + 20), 10);
    if (id > newest[client]) newest[client] = id;
  });
}

function lookAtAll(text) {
  for (const [, id] of text.matchAll(/\nid: (\d+)\n/g)) {
    if (Number(id) <= newest[0]) continue;
    if (Number(id) !== newest[0] + 1) gaps += 1;
    newest[0] = Number(id);
  }
}

process.on('message', () => process.send({ newest, bytes, gaps }));
process.on('disconnect', () => process.exit());
