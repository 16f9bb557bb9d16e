// Runs cases by every client, and reports a line each, `OUTCOME CLIENT/CASE`. The page's address says against which
// server and which cases: ?server=URL&cases=NAME,NAME

import { absent, cases } from './cases.mjs';
import { connectWeb } from './connect-web.mjs';
import { grpcWeb } from './grpc-web.mjs';

const PATIENCE_MS = 20000;

const asked = new URL(location.href).searchParams;
const server = asked.get('server');
const clients = {
  'grpc-web': grpcWeb(server, 'binary'),
  'grpc-web-text': grpcWeb(server, 'text'),
  'connect-web': connectWeb(server),
};

globalThis.report = runAll();

async function runAll() {
  const lines = [];
  for (const [clientName, client] of Object.entries(clients)) {
    for (const name of asked.get('cases').split(',')) lines.push(await run(`${clientName}/${name}`, client, name));
  }
  return lines;
}

async function run(title, client, name) {
  if (absent[name]) return `absent ${title}: ${absent[name]}`;
  if (!cases[name]) return `FAILED ${title}: this client does not know it`;
  try {
    await Promise.race([cases[name](client), late()]);
    return `ok ${title}`;
  } catch (error) {
    return `FAILED ${title}: ${String(error.message).replaceAll('\n', ' ')}`;
  }
}

function late() {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`it took over ${PATIENCE_MS} ms`)), PATIENCE_MS);
  });
}
