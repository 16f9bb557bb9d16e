"""The official interop cases of gRPC, as a client: grpcio."""

import queue

import grpc
from testing import empty_pb2, messages_pb2, test_pb2_grpc

LARGE_REQUEST_SIZE = 271_828
LARGE_RESPONSE_SIZE = 314_159
METADATA = (
    ("x-grpc-test-echo-initial", "test_initial_metadata_value"),
    ("x-grpc-test-echo-trailing-bin", b"\xab\xab\xab"),
)
STATUS_TEXT = "test status message"
SPECIAL_STATUS_TEXT = "\t\ntest with whitespace\r\nand Unicode BMP \u263a and non-BMP \U0001f608\t\n"

ABSENT = {
    "client_compressed_streaming": "the client's interface compresses all messages of a call or none",
    "server_compressed_unary": "the client's interface does not tell whether an answer's message came compressed",
    "server_compressed_streaming": "the client's interface does not tell whether an answer's message came compressed",
}


def empty_unary(test, _):
    check(empty_pb2.Empty(), test.EmptyCall(empty_pb2.Empty()))


def large_unary(test, _):
    check_zeros(LARGE_RESPONSE_SIZE, test.UnaryCall(large_request()).payload)


def client_streaming(test, _):
    sizes = (27182, 8, 1828, 45904)
    answer = test.StreamingInputCall(messages_pb2.StreamingInputCallRequest(payload=zeros(size)) for size in sizes)
    check(74922, answer.aggregated_payload_size)


def server_streaming(test, _):
    sizes = (31415, 9, 2653, 58979)
    request = messages_pb2.StreamingOutputCallRequest(
        response_parameters=[messages_pb2.ResponseParameters(size=size) for size in sizes])
    answers = list(test.StreamingOutputCall(request))
    check(len(sizes), len(answers))
    for size, answer in zip(sizes, answers):
        check_zeros(size, answer.payload)


def ping_pong(test, _):
    pipe = Pipe()
    answers = test.FullDuplexCall(pipe)
    for request_size, response_size in ((27182, 31415), (8, 9), (1828, 2653), (45904, 58979)):
        pipe.send(ping(request_size, response_size))
        check_zeros(response_size, next(answers).payload)
    pipe.close()
    check([], list(answers))
    check(grpc.StatusCode.OK, answers.code())


def empty_stream(test, _):
    check([], list(test.FullDuplexCall(iter(()))))


def client_compressed_unary(test, _):
    plain, gzip = grpc.Compression.NoCompression, grpc.Compression.Gzip
    check_ends(grpc.StatusCode.INVALID_ARGUMENT, None, lambda: test.UnaryCall(expecting(True), compression=plain))
    check_zeros(LARGE_RESPONSE_SIZE, test.UnaryCall(expecting(True), compression=gzip).payload)
    check_zeros(LARGE_RESPONSE_SIZE, test.UnaryCall(expecting(False), compression=plain).payload)


def custom_metadata(test, _):
    answer, unary = test.UnaryCall.with_call(large_request(), metadata=METADATA)
    check_zeros(LARGE_RESPONSE_SIZE, answer.payload)
    check_echoed(unary)
    duplex = test.FullDuplexCall(iter((ping(LARGE_REQUEST_SIZE, LARGE_RESPONSE_SIZE),)), metadata=METADATA)
    answers = list(duplex)
    check(1, len(answers))
    check_zeros(LARGE_RESPONSE_SIZE, answers[0].payload)
    check_echoed(duplex)


def status_code_and_message(test, _):
    status = messages_pb2.EchoStatus(code=2, message=STATUS_TEXT)
    unary = messages_pb2.SimpleRequest(response_status=status)
    check_ends(grpc.StatusCode.UNKNOWN, STATUS_TEXT, lambda: test.UnaryCall(unary))
    duplex = messages_pb2.StreamingOutputCallRequest(response_status=status)
    check_ends(grpc.StatusCode.UNKNOWN, STATUS_TEXT, lambda: list(test.FullDuplexCall(iter((duplex,)))))


def special_status_message(test, _):
    status = messages_pb2.EchoStatus(code=2, message=SPECIAL_STATUS_TEXT)
    request = messages_pb2.SimpleRequest(response_status=status)
    check_ends(grpc.StatusCode.UNKNOWN, SPECIAL_STATUS_TEXT, lambda: test.UnaryCall(request))


def unimplemented_method(test, _):
    check_ends(grpc.StatusCode.UNIMPLEMENTED, None, lambda: test.UnimplementedCall(empty_pb2.Empty()))


def unimplemented_service(_, channel):
    nobody = test_pb2_grpc.UnimplementedServiceStub(channel)
    check_ends(grpc.StatusCode.UNIMPLEMENTED, None, lambda: nobody.UnimplementedCall(empty_pb2.Empty()))


def cancel_after_begin(test, _):
    pipe = Pipe()
    call = test.StreamingInputCall.future(pipe)
    call.cancel()
    pipe.close()
    check(True, call.cancelled())
    check(grpc.StatusCode.CANCELLED, call.code())


def cancel_after_first_response(test, _):
    pipe = Pipe()
    call = test.FullDuplexCall(pipe)
    pipe.send(ping(27182, 31415))
    check_zeros(31415, next(call).payload)
    call.cancel()
    pipe.close()
    check_ends(grpc.StatusCode.CANCELLED, None, lambda: next(call))


def timeout_on_sleeping_server(test, _):
    pipe = Pipe()
    pipe.send(messages_pb2.StreamingOutputCallRequest(payload=zeros(27182)))
    call = test.FullDuplexCall(pipe, timeout=0.001)
    check_ends(grpc.StatusCode.DEADLINE_EXCEEDED, None, lambda: next(call))
    pipe.close()


def large_request():
    return messages_pb2.SimpleRequest(response_size=LARGE_RESPONSE_SIZE, payload=zeros(LARGE_REQUEST_SIZE))


def expecting(is_compressed):
    request = large_request()
    request.expect_compressed.value = is_compressed
    return request


def ping(request_size, response_size):
    return messages_pb2.StreamingOutputCallRequest(
        response_parameters=[messages_pb2.ResponseParameters(size=response_size)], payload=zeros(request_size))


def zeros(size):
    return messages_pb2.Payload(body=bytes(size))


def check(expected, actual):
    if expected != actual:
        raise AssertionError(f"expected {expected!r}, got {actual!r}")


def check_zeros(size, payload):
    check(size, len(payload.body))
    check(size, payload.body.count(0))


def check_echoed(call):
    check("test_initial_metadata_value", dict(call.initial_metadata()).get("x-grpc-test-echo-initial"))
    check(b"\xab\xab\xab", dict(call.trailing_metadata()).get("x-grpc-test-echo-trailing-bin"))


def check_ends(code, details, call):
    try:
        call()
    except grpc.RpcError as error:
        check(code, error.code())
        if details is not None:
            check(details, error.details())
        return
    raise AssertionError(f"expected {code}, got an answer")


class Pipe:
    """Requests that are sent one by one."""

    _END = object()

    def __init__(self):
        self._requests = queue.SimpleQueue()

    def send(self, request):
        self._requests.put(request)

    def close(self):
        self._requests.put(self._END)

    def __iter__(self):
        return self

    def __next__(self):
        request = self._requests.get()
        if request is self._END:
            raise StopIteration
        return request
