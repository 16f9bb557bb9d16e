"""The server of the official interop cases of gRPC: grpcio. Says its port, and ends when its input does."""

import sys
from concurrent import futures

import grpc
from testing import empty_pb2, messages_pb2, test_pb2_grpc

INITIAL_KEY = "x-grpc-test-echo-initial"
TRAILING_KEY = "x-grpc-test-echo-trailing-bin"
UNSEEN = "the server's interface does not tell whether a request's message came compressed"
ABSENT = {"client_compressed_unary": UNSEEN, "client_compressed_streaming": UNSEEN}
CODES = {code.value[0]: code for code in grpc.StatusCode}


class TestService(test_pb2_grpc.TestServiceServicer):
    def EmptyCall(self, request, context):
        return empty_pb2.Empty()

    def UnaryCall(self, request, context):
        # The whole call is compressed or not; within it, messages can be exempt.
        context.set_compression(grpc.Compression.Gzip)
        echo_metadata(context)
        end_as(request.response_status, context)
        exempt_unless(request.response_compressed, context)
        return messages_pb2.SimpleResponse(payload=zeros(request.response_size))

    def StreamingOutputCall(self, request, context):
        context.set_compression(grpc.Compression.Gzip)
        echo_metadata(context)
        end_as(request.response_status, context)
        yield from answers(request, context)

    def StreamingInputCall(self, request_iterator, context):
        echo_metadata(context)
        size = sum(len(request.payload.body) for request in request_iterator)
        return messages_pb2.StreamingInputCallResponse(aggregated_payload_size=size)

    def FullDuplexCall(self, request_iterator, context):
        echo_metadata(context)
        for request in request_iterator:
            end_as(request.response_status, context)
            yield from answers(request, context)


def answers(request, context):
    for parameters in request.response_parameters:
        exempt_unless(parameters.compressed, context)
        yield messages_pb2.StreamingOutputCallResponse(payload=zeros(parameters.size))


def exempt_unless(wanted, context):
    if not wanted.value:
        context.disable_next_message_compression()


def echo_metadata(context):
    metadata = dict(context.invocation_metadata())
    if TRAILING_KEY in metadata:
        context.set_trailing_metadata(((TRAILING_KEY, metadata[TRAILING_KEY]),))
    if INITIAL_KEY in metadata:
        context.send_initial_metadata(((INITIAL_KEY, metadata[INITIAL_KEY]),))


def end_as(status, context):
    if status.code != 0:
        context.abort(CODES[status.code], status.message)


def zeros(size):
    return messages_pb2.Payload(body=bytes(size))


def main():
    server = grpc.server(futures.ThreadPoolExecutor(max_workers=8))
    test_pb2_grpc.add_TestServiceServicer_to_server(TestService(), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    for name, why in ABSENT.items():
        print(f"absent {name}: {why}")
    print(f"listening {port}", flush=True)
    sys.stdin.read()
    server.stop(grace=None)


main()
