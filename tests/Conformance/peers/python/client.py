"""Runs the cases named on the command line against a server: client.py PORT CASE..."""

import concurrent.futures
import os
import sys

import cases
import grpc
from testing import test_pb2_grpc

PATIENCE_SECONDS = 20

# A case that hangs keeps its thread.
workers = concurrent.futures.ThreadPoolExecutor(max_workers=32)


def run(name, test, channel):
    if name in cases.ABSENT:
        return f"absent {name}: {cases.ABSENT[name]}"
    case = getattr(cases, name, None)
    if case is None:
        return f"FAILED {name}: this client does not know it"
    running = workers.submit(case, test, channel)
    try:
        running.result(timeout=PATIENCE_SECONDS)
    except concurrent.futures.TimeoutError:
        return f"FAILED {name}: it took over {PATIENCE_SECONDS} s"
    except (AssertionError, grpc.RpcError) as error:
        return f"FAILED {name}: {error}".replace("\n", " ")
    return f"ok {name}"


def main(port, names):
    with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
        test = test_pb2_grpc.TestServiceStub(channel)
        for name in names:
            print(run(name, test, channel), flush=True)
    # Not by itself: a case that failed may have left calls open.
    os._exit(0)


main(sys.argv[1], sys.argv[2:])
