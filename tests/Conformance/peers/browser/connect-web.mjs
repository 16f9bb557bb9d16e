// @connectrpc/connect-web: fetch, binary.

import { createClient } from '@connectrpc/connect';
import { createGrpcWebTransport } from '@connectrpc/connect-web';
import { TestService, UnimplementedService } from './gen/testing/test_pb.js';

export function connectWeb(server) {
  const transport = createGrpcWebTransport({ baseUrl: server });
  const test = createClient(TestService, transport);
  const nobody = createClient(UnimplementedService, transport);
  return {
    unary: (...call) => unary(test, ...call),
    unaryOfNobody: (...call) => unary(nobody, ...call),
    stream: (method, request) => telling(async () => {
      const messages = [];
      for await (const message of test[method](request)) messages.push(message);
      return messages;
    }),
  };
}

function unary(client, method, request, headers = {}) {
  const seen = {};
  const options = {
    headers,
    onHeader: (received) => { seen.headers = Object.fromEntries(received); },
    onTrailer: (received) => { seen.trailers = Object.fromEntries(received); },
  };
  return telling(async () => ({ message: await client[method](request, options), ...seen }));
}

async function telling(call) {
  try {
    return await call();
  } catch (error) {
    throw Object.assign(error, { text: error.rawMessage });
  }
}
