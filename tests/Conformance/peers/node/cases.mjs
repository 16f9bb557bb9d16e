// The official interop cases of gRPC, as a client: @grpc/grpc-js.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import zlib from 'node:zlib';
import grpc from '@grpc/grpc-js';

const LARGE_REQUEST_SIZE = 271828;
const LARGE_RESPONSE_SIZE = 314159;
const NO_COMPRESS = 2; // A flag of one message.
const COMPRESSED_SIZE = 27182;
const PLAIN_SIZE = 45904;
const INITIAL_KEY = 'x-grpc-test-echo-initial';
const TRAILING_KEY = 'x-grpc-test-echo-trailing-bin';
const STATUS_TEXT = 'test status message';
const SPECIAL_STATUS_TEXT = '\t\ntest with whitespace\r\nand Unicode BMP \u263a and non-BMP \u{1f608}\t\n';

// The only sign that a message came compressed is that it is inflated.
let inflatedCount = 0;
const { createGunzip } = zlib;
Object.defineProperty(zlib, 'createGunzip', {
  value(...options) {
    inflatedCount++;
    return createGunzip(...options);
  },
});

export const cases = {
  async empty_unary({ test }) {
    assert.deepEqual(await unary(test, 'EmptyCall', {}), {});
  },

  async large_unary({ test }) {
    assertLarge(await unary(test, 'UnaryCall', largeRequest()));
  },

  async client_streaming({ test }) {
    const { call, answer } = input(test);
    for (const size of [27182, 8, 1828, 45904]) call.write({ payload: zeros(size) });
    call.end();
    assert.equal((await answer).aggregated_payload_size, 74922);
  },

  async server_streaming({ test }) {
    const sizes = [31415, 9, 2653, 58979];
    const answers = await all(test.StreamingOutputCall({ response_parameters: sizes.map((size) => ({ size })) }));
    assert.equal(answers.length, sizes.length);
    answers.forEach((answer, index) => assertZeros(sizes[index], answer.payload));
  },

  async ping_pong({ test }) {
    const call = test.FullDuplexCall();
    for (const [request, response] of [[27182, 31415], [8, 9], [1828, 2653], [45904, 58979]]) {
      call.write(ping(request, response));
      const [answer] = await once(call, 'data');
      assertZeros(response, answer.payload);
    }
    call.end();
    const [status] = await once(call, 'status');
    assert.equal(status.code, grpc.status.OK);
  },

  async empty_stream({ test }) {
    const call = test.FullDuplexCall();
    call.end();
    assert.deepEqual(await all(call), []);
  },

  async client_compressed_unary({ test, compressing }) {
    await assertProbeIsRefused(unary(test, 'UnaryCall', expecting(true)));
    assertLarge(await unary(compressing, 'UnaryCall', expecting(true)));
    assertLarge(await unary(test, 'UnaryCall', expecting(false)));
  },

  async client_compressed_streaming({ compressing }) {
    const probe = input(compressing);
    write(probe.call, COMPRESSED_SIZE, true, NO_COMPRESS);
    probe.call.end();
    await assertProbeIsRefused(probe.answer);

    const { call, answer } = input(compressing);
    write(call, COMPRESSED_SIZE, true, 0);
    write(call, PLAIN_SIZE, false, NO_COMPRESS);
    call.end();
    assert.equal((await answer).aggregated_payload_size, COMPRESSED_SIZE + PLAIN_SIZE);
  },

  async server_compressed_unary({ test }) {
    for (const value of [true, false]) {
      inflatedCount = 0;
      assertLarge(await unary(test, 'UnaryCall', { ...largeRequest(), response_compressed: { value } }));
      assert.equal(inflatedCount, value ? 1 : 0);
    }
  },

  async server_compressed_streaming({ test }) {
    inflatedCount = 0;
    const [first, second, ...others] = await all(test.StreamingOutputCall({
      response_parameters: [
        { size: 31415, compressed: { value: true } }, { size: 92653, compressed: { value: false } },
      ],
    }));
    assertZeros(31415, first.payload);
    assertZeros(92653, second.payload);
    assert.equal(others.length, 0);
    assert.equal(inflatedCount, 1);
  },

  async custom_metadata({ test }) {
    const metadata = new grpc.Metadata();
    metadata.set(INITIAL_KEY, 'test_initial_metadata_value');
    metadata.set(TRAILING_KEY, Buffer.from([0xab, 0xab, 0xab]));
    const seen = {};
    assertLarge(await unary(test, 'UnaryCall', largeRequest(), metadata, seen));
    assertEchoed(seen);
    const call = test.FullDuplexCall(metadata);
    const seenOfCall = {};
    watch(call, seenOfCall);
    call.end(ping(LARGE_REQUEST_SIZE, LARGE_RESPONSE_SIZE));
    const [answer, ...others] = await all(call);
    assertZeros(LARGE_RESPONSE_SIZE, answer.payload);
    assert.equal(others.length, 0);
    assertEchoed(seenOfCall);
  },

  async status_code_and_message({ test }) {
    const response_status = { code: 2, message: STATUS_TEXT };
    await assertEnds(grpc.status.UNKNOWN, STATUS_TEXT, unary(test, 'UnaryCall', { response_status }));
    const call = test.FullDuplexCall();
    call.end({ response_status });
    await assertEnds(grpc.status.UNKNOWN, STATUS_TEXT, all(call));
  },

  async special_status_message({ test }) {
    const response_status = { code: 2, message: SPECIAL_STATUS_TEXT };
    await assertEnds(grpc.status.UNKNOWN, SPECIAL_STATUS_TEXT, unary(test, 'UnaryCall', { response_status }));
  },

  async unimplemented_method({ test }) {
    await assertEnds(grpc.status.UNIMPLEMENTED, null, unary(test, 'UnimplementedCall', {}));
  },

  async unimplemented_service({ nobody }) {
    await assertEnds(grpc.status.UNIMPLEMENTED, null, unary(nobody, 'UnimplementedCall', {}));
  },

  async cancel_after_begin({ test }) {
    const { call, answer } = input(test);
    call.cancel();
    await assertEnds(grpc.status.CANCELLED, null, answer);
  },

  async cancel_after_first_response({ test }) {
    const call = test.FullDuplexCall();
    call.write(ping(27182, 31415));
    const [answer] = await once(call, 'data');
    assertZeros(31415, answer.payload);
    call.cancel();
    await assertEnds(grpc.status.CANCELLED, null, all(call));
  },

  async timeout_on_sleeping_server({ test }) {
    const call = test.FullDuplexCall({ deadline: Date.now() + 1 });
    call.write({ payload: zeros(27182) });
    await assertEnds(grpc.status.DEADLINE_EXCEEDED, null, all(call));
  },
};

function unary(client, method, request, metadata = new grpc.Metadata(), seen = {}) {
  return new Promise((resolve, reject) => {
    const call = client[method](
      request, metadata, (error, answer) => error ? reject(error) : call.once('status', () => resolve(answer)));
    watch(call, seen);
  });
}

function watch(call, seen) {
  call.on('metadata', (headers) => { seen.headers = headers; });
  call.on('status', (status) => { seen.trailers = status.metadata; });
}

function input(client) {
  let call;
  const answer = new Promise((resolve, reject) => {
    call = client.StreamingInputCall((error, message) => error ? reject(error) : resolve(message));
  });
  return { call, answer };
}

async function all(call) {
  const answers = [];
  for await (const answer of call) answers.push(answer);
  return answers;
}

function write(call, size, value, flags) {
  // The client takes a message's flags in the place of its encoding.
  call.write({ payload: zeros(size), expect_compressed: { value } }, flags);
}

function largeRequest() {
  return { response_size: LARGE_RESPONSE_SIZE, payload: zeros(LARGE_REQUEST_SIZE) };
}

function expecting(value) {
  return { ...largeRequest(), expect_compressed: { value } };
}

function ping(request, response) {
  return { response_parameters: [{ size: response }], payload: zeros(request) };
}

function zeros(size) {
  return { body: Buffer.alloc(size) };
}

function assertLarge(answer) {
  assertZeros(LARGE_RESPONSE_SIZE, answer.payload);
}

function assertZeros(size, payload) {
  assert.equal(payload.body.length, size);
  assert.ok(payload.body.every((byte) => byte === 0));
}

function assertEchoed({ headers, trailers }) {
  assert.deepEqual(headers.get(INITIAL_KEY), ['test_initial_metadata_value']);
  assert.deepEqual(trailers.get(TRAILING_KEY), [Buffer.from([0xab, 0xab, 0xab])]);
}

function assertProbeIsRefused(probe) {
  return assertEnds(grpc.status.INVALID_ARGUMENT, null, probe);
}

async function assertEnds(code, details, call) {
  const error = await call.then(() => assert.fail('it ended well'), (reason) => reason);
  assert.equal(error.code, code);
  if (details !== null) assert.equal(error.details, details);
}
