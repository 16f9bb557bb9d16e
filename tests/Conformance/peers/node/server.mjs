// The server of the official interop cases of gRPC: @grpc/grpc-js. Says its port, and ends when its input does.
// server.mjs PROTOS

import grpc from '@grpc/grpc-js';
import { load } from './protos.mjs';

const INITIAL_KEY = 'x-grpc-test-echo-initial';
const TRAILING_KEY = 'x-grpc-test-echo-trailing-bin';
const UNSEEN = "the server's interface does not tell whether a request's message came compressed";
const PLAIN = 'the server compresses no answers';
const absent = {
  client_compressed_unary: UNSEEN,
  client_compressed_streaming: UNSEEN,
  server_compressed_unary: PLAIN,
  server_compressed_streaming: PLAIN,
};

const handlers = {
  EmptyCall(call, answer) {
    answer(null, {});
  },

  UnaryCall(call, answer) {
    const trailers = echo(call);
    const { response_size: size, response_status: status } = call.request;
    if (status?.code) answer({ code: status.code, details: status.message }, null, trailers);
    else answer(null, { payload: zeros(size) }, trailers);
  },

  StreamingOutputCall(call) {
    const trailers = echo(call);
    writeAnswers(call, call.request);
    call.end(trailers);
  },

  StreamingInputCall(call, answer) {
    const trailers = echo(call);
    let size = 0;
    call.on('data', (request) => { size += request.payload.body.length; });
    call.on('end', () => answer(null, { aggregated_payload_size: size }, trailers));
  },

  FullDuplexCall(call) {
    const trailers = echo(call);
    call.on('data', (request) => {
      const { response_status: status } = request;
      if (status?.code) call.emit('error', { code: status.code, details: status.message, metadata: trailers });
      else writeAnswers(call, request);
    });
    call.on('end', () => call.end(trailers));
  },
};

function echo(call) {
  const trailers = new grpc.Metadata();
  for (const value of call.metadata.get(TRAILING_KEY)) trailers.add(TRAILING_KEY, value);
  const headers = new grpc.Metadata();
  for (const value of call.metadata.get(INITIAL_KEY)) headers.add(INITIAL_KEY, value);
  if (call.metadata.get(INITIAL_KEY).length > 0) call.sendMetadata(headers);
  return trailers;
}

function writeAnswers(call, request) {
  for (const { size } of request.response_parameters) call.write({ payload: zeros(size) });
}

function zeros(size) {
  return { body: Buffer.alloc(size) };
}

const server = new grpc.Server();
server.addService(load(process.argv[2]).TestService.service, handlers);
server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  for (const [name, why] of Object.entries(absent)) console.log(`absent ${name}: ${why}`);
  console.log(`listening ${port}`);
});
process.stdin.on('end', () => server.forceShutdown()).resume();
