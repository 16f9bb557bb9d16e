// server.mjs PORT PROTO: gRPC's server for Node.js. Prints "ready", and ends with its standard input.

import { loadPackageDefinition, Server, ServerCredentials } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';

const [port, proto] = process.argv.slice(2);
const { Echo } = loadPackageDefinition(loadSync(proto, { keepCase: true })).daprsocial.bench.v1;
const replyOf = (request) => ({ body: Buffer.alloc(request.reply_size) });

const server = new Server({ 'grpc.max_concurrent_streams': 1000 });
server.addService(Echo.service, {
  Say: (call, answer) => answer(null, replyOf(call.request)),
  Repeat: (call) => {
    const reply = replyOf(call.request);
    let left = call.request.count;
    const next = () => {
      while (left > 0) {
        left -= 1;
        if (!call.write(reply)) {
          call.once('drain', next);
          return;
        }
      }
      call.end();
    };
    next();
  },
});
server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), (error) => {
  if (error) throw error;
  console.log('ready');
});
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
