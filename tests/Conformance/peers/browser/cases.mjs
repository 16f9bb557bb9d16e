// The official interop cases of gRPC that gRPC-Web has, as a client. A client is an object of functions:
// unary(method, request, headers) comes to { message, headers, trailers }, stream(method, request) to messages; both
// throw errors with code and text. unaryOfNobody calls the service that no server has.

const LARGE_REQUEST_SIZE = 271828;
const LARGE_RESPONSE_SIZE = 314159;
const UNKNOWN = 2;
const UNIMPLEMENTED = 12;
const INITIAL_KEY = 'x-grpc-test-echo-initial';
const INITIAL_VALUE = 'test_initial_metadata_value';
const TRAILING_KEY = 'x-grpc-test-echo-trailing-bin';
const TRAILING_VALUE = 'q6ur'; // The bytes ab ab ab.
const STATUS_TEXT = 'test status message';
const SPECIAL_STATUS_TEXT = '\t\ntest with whitespace\r\nand Unicode BMP \u263a and non-BMP \u{1f608}\t\n';

const NO_REQUEST_STREAMS = 'gRPC-Web has no streams of requests';
const NO_COMPRESSION = 'gRPC-Web compresses no messages';

export const absent = {
  client_streaming: NO_REQUEST_STREAMS,
  ping_pong: NO_REQUEST_STREAMS,
  empty_stream: NO_REQUEST_STREAMS,
  client_compressed_unary: NO_COMPRESSION,
  client_compressed_streaming: NO_REQUEST_STREAMS,
  server_compressed_unary: NO_COMPRESSION,
  server_compressed_streaming: NO_COMPRESSION,
  cancel_after_begin: NO_REQUEST_STREAMS,
  cancel_after_first_response: NO_REQUEST_STREAMS,
  timeout_on_sleeping_server: NO_REQUEST_STREAMS,
};

export const cases = {
  async empty_unary(client) {
    const { message } = await client.unary('emptyCall', {});
    same(message.$typeName, 'grpc.testing.Empty');
  },

  async large_unary(client) {
    const { message } = await client.unary('unaryCall', largeRequest());
    zeros(LARGE_RESPONSE_SIZE, message.payload);
  },

  async server_streaming(client) {
    const sizes = [31415, 9, 2653, 58979];
    const messages = await client.stream(
      'streamingOutputCall', { responseParameters: sizes.map((size) => ({ size })) });
    same(messages.length, sizes.length);
    messages.forEach((message, index) => zeros(sizes[index], message.payload));
  },

  async custom_metadata(client) {
    const { message, headers, trailers } = await client.unary(
      'unaryCall', largeRequest(), { [INITIAL_KEY]: INITIAL_VALUE, [TRAILING_KEY]: TRAILING_VALUE });
    zeros(LARGE_RESPONSE_SIZE, message.payload);
    same(headers[INITIAL_KEY], INITIAL_VALUE);
    same(trailers[TRAILING_KEY], TRAILING_VALUE);
  },

  status_code_and_message(client) {
    return refused(
      UNKNOWN, STATUS_TEXT, client.unary('unaryCall', { responseStatus: { code: UNKNOWN, message: STATUS_TEXT } }));
  },

  special_status_message(client) {
    const responseStatus = { code: UNKNOWN, message: SPECIAL_STATUS_TEXT };
    return refused(UNKNOWN, SPECIAL_STATUS_TEXT, client.unary('unaryCall', { responseStatus }));
  },

  unimplemented_method(client) {
    return refused(UNIMPLEMENTED, null, client.unary('unimplementedCall', {}));
  },

  unimplemented_service(client) {
    return refused(UNIMPLEMENTED, null, client.unaryOfNobody('unimplementedCall', {}));
  },
};

function largeRequest() {
  return { responseSize: LARGE_RESPONSE_SIZE, payload: { body: new Uint8Array(LARGE_REQUEST_SIZE) } };
}

function zeros(size, payload) {
  same(payload.body.length, size);
  same(payload.body.findIndex((byte) => byte !== 0), -1);
}

async function refused(code, text, call) {
  const error = await call.then(() => { throw new Error('it ended well'); }, (reason) => reason);
  same(error.code, code);
  if (text !== null) same(error.text, text);
}

function same(actual, expected) {
  if (actual !== expected) throw new Error(`expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`);
}
