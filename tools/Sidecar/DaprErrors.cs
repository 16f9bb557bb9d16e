using DaprSocial.Sidecar.State;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using static Google.Rpc.BadRequest.Types;
using RpcStatus = Google.Rpc.Status;
using Status = Grpc.Core.Status;

namespace DaprSocial.Sidecar;

/// <summary>What the sidecar's own API refuses, in daprd's words: clients tell cases apart by the reason.</summary>
internal static class DaprErrors
{
    private const string Domain = "dapr.io";

    public static RpcException PubSubNameEmpty() =>
        PubSub(StatusCode.InvalidArgument, "pubsub name is empty", "DAPR_PUBSUB_NAME_EMPTY", "");

    public static RpcException PubSubNotFound(string name) =>
        Create(StatusCode.InvalidArgument, $"pubsub {name} is not found", "DAPR_PUBSUB_NOT_FOUND");

    public static RpcException TopicEmpty(string pubSubName) => PubSub(
        StatusCode.InvalidArgument,
        $"topic is empty in pubsub {pubSubName}",
        "DAPR_PUBSUB_TOPIC_NAME_EMPTY",
        pubSubName);

    public static RpcException MetadataMalformed(string pubSubName, string value) => PubSub(
        StatusCode.InvalidArgument,
        $"failed deserializing metadata. Error: rawPayload is no boolean: {value}",
        "DAPR_PUBSUB_METADATA_DESERIALIZATION",
        pubSubName);

    public static RpcException CloudEventMalformed(string pubSubName) => PubSub(
        StatusCode.InvalidArgument, "cannot create cloudevent", "DAPR_PUBSUB_CLOUD_EVENT_CREATION", pubSubName);

    public static RpcException EntryIdsMalformed(string pubSubName, string topic) => PubSub(
        StatusCode.InvalidArgument,
        $"error marshaling events to bytes for topic {topic} pubsub {pubSubName}: entry ids are not unique or empty",
        "DAPR_PUBSUB_MARSHAL_EVENTS",
        pubSubName);

    public static RpcException StateNotConfigured(string store) => Create(
        StatusCode.FailedPrecondition, $"state store {store} is not configured", "DAPR_STATE_NOT_CONFIGURED");

    public static RpcException StateNotFound(string store) => Create(
        StatusCode.InvalidArgument, $"state store {store} is not found", "DAPR_STATE_NOT_FOUND");

    public static RpcException StateKeyIllegal(string store, string key)
    {
        var message = $"input key/keyPrefix '{key}' can't contain '||'";
        return Create(
            StatusCode.InvalidArgument, message, "DAPR_STATE_ILLEGAL_KEY",
            new ResourceInfo { ResourceType = "state", ResourceName = store },
            new BadRequest { FieldViolations = { new FieldViolation { Field = key, Description = message } } });
    }

    public static RpcException StateKeyEmpty() =>
        Create(StatusCode.InvalidArgument, "state key cannot be empty", "ERR_STATE_SAVE");

    public static RpcException StateGetFailed(string store, string key, StateException failure) => Create(
        StatusCode.Internal, $"fail to get {key} from state store {store}: {failure.Message}", "ERR_STATE_GET");

    public static RpcException StateSaveFailed(string store, StateException failure) =>
        StateFailed($"failed saving state in state store {store}", failure, "ERR_STATE_SAVE");

    public static RpcException StateDeleteFailed(string key, StateException failure) =>
        StateFailed($"failed deleting state with key {key}", failure, "ERR_STATE_DELETE");

    public static RpcException StateBulkDeleteFailed(string store, StateException failure) =>
        StateFailed($"failed deleting state in state store {store}", failure, "ERR_STATE_BULK_DELETE");

    public static RpcException StateTransactionsNotSupported(string store) => Create(
        StatusCode.Unimplemented, $"state store {store} doesn't support transactions",
        "DAPR_STATE_TRANSACTIONS_NOT_SUPPORTED");

    // daprd's lock errors carry no details.
    public static RpcException LockNotConfigured() =>
        new(new Status(StatusCode.FailedPrecondition, "lock store is not configured"));

    public static RpcException LockExpiryNotPositive(string store) =>
        new(new Status(StatusCode.InvalidArgument, $"ExpiryInSeconds is not positive in lock store {store}"));

    private static RpcException StateFailed(string what, StateException failure, string reason) =>
        failure.Failure switch
        {
            StateFailure.EtagMismatch => Create(
                StatusCode.Aborted,
                $"{what}: possible etag mismatch. error from state store: {failure.Message}", reason),
            StateFailure.EtagInvalid => Create(
                StatusCode.InvalidArgument, $"{what}: invalid etag value: {failure.Message}", reason),
            _ => Create(StatusCode.Internal, $"{what}: {failure.Message}", reason),
        };

    private static RpcException PubSub(StatusCode code, string message, string reason, string pubSubName) =>
        Create(code, message, reason, new ResourceInfo { ResourceType = "pubsub", ResourceName = pubSubName });

    private static RpcException Create(StatusCode code, string message, string reason, params IMessage[] details)
    {
        var status = new RpcStatus
        {
            Code = (int)code,
            Message = message,
            Details =
            {
                // Field 1, called Reason by later versions of the package: the bytes are the same.
                Any.Pack(new ErrorInfo { Type = reason, Domain = Domain }),
                details.Select(Any.Pack),
            },
        };
        var trailers = new Metadata { { "grpc-status-details-bin", status.ToByteArray() } };
        return new RpcException(new Status(code, message), trailers);
    }
}
