// grpc-web: XMLHttpRequest, binary or text. Its compiler of protos is not on npm; its clients are written here as it
// writes them, over messages that protoc-gen-es has written.

import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { GrpcWebClientBase, MethodDescriptor } from 'grpc-web';
import { TestService, UnimplementedService } from './gen/testing/test_pb.js';

export function grpcWeb(server, format) {
  const client = new GrpcWebClientBase({ format });
  return {
    unary: (...call) => unary(client, server, TestService, ...call),
    unaryOfNobody: (...call) => unary(client, server, UnimplementedService, ...call),
    stream: (method, request) => stream(client, server, TestService, method, request),
  };
}

function unary(client, server, service, method, request, headers = {}) {
  return new Promise((resolve, reject) => {
    const { path, descriptor, message } = prepare(service, method, 'unary', request);
    const seen = {};
    const call = client.rpcCall(server + path, message, headers, descriptor, (error, answer) => {
      // The call's last events come after this.
      if (error) reject(telling(error));
      else setTimeout(() => resolve({ message: answer, ...seen }));
    });
    call.on('metadata', (received) => { seen.headers = received; });
    call.on('status', (status) => { seen.trailers = status.metadata; });
  });
}

function stream(client, server, service, method, request) {
  return new Promise((resolve, reject) => {
    const { path, descriptor, message } = prepare(service, method, 'server_streaming', request);
    const messages = [];
    client.serverStreaming(server + path, message, {}, descriptor)
      .on('data', (answer) => messages.push(answer))
      .on('error', (error) => reject(telling(error)))
      .on('end', () => resolve(messages));
  });
}

function prepare(service, name, kind, request) {
  const method = service.method[name];
  const path = `/${service.typeName}/${method.name}`;
  const descriptor = new MethodDescriptor(
    path, kind, Object, Object,
    (message) => toBinary(method.input, message), (bytes) => fromBinary(method.output, bytes));
  return { path, descriptor, message: create(method.input, request) };
}

function telling(error) {
  return Object.assign(error, { text: error.message });
}
