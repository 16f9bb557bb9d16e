// Runs the cases named on the command line against a server: client.mjs PROTOS PORT CASE...

import grpc from '@grpc/grpc-js';
import { cases } from './cases.mjs';
import { load } from './protos.mjs';

const PATIENCE_MS = 20000;
const [folder, port, ...names] = process.argv.slice(2);
const { TestService, UnimplementedService } = load(folder);
const address = `127.0.0.1:${port}`;
const credentials = grpc.credentials.createInsecure();
const gzip = { 'grpc.default_compression_algorithm': grpc.compressionAlgorithms.gzip };
const clients = {
  test: new TestService(address, credentials),
  nobody: new UnimplementedService(address, credentials),
  compressing: new TestService(address, credentials, gzip),
};
for (const name of names) console.log(await run(name));
// Not by itself: a case that failed may have left calls open.
process.exit();

async function run(name) {
  if (!cases[name]) return `FAILED ${name}: this client does not know it`;
  try {
    await Promise.race([cases[name](clients), late()]);
    return `ok ${name}`;
  } catch (error) {
    return `FAILED ${name}: ${String(error.message).replaceAll('\n', ' ')}`;
  }
}

function late() {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`it took over ${PATIENCE_MS} ms`)), PATIENCE_MS).unref();
  });
}
