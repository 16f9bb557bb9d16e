using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
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

    // daprd's lock errors carry no details.
    public static RpcException LockNotConfigured() =>
        new(new Status(StatusCode.FailedPrecondition, "lock store is not configured"));

    public static RpcException LockExpiryNotPositive(string store) =>
        new(new Status(StatusCode.InvalidArgument, $"ExpiryInSeconds is not positive in lock store {store}"));

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
