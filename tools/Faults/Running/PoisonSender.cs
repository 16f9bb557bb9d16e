using Dapr.Client.Autogen.Grpc.v1;
using DaprSocial.Events.V1;
using DaprSocial.Faults.Processes;
using DaprSocial.Identifiers;
using DaprSocial.Load.Driving;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using DaprApi = Dapr.Client.Autogen.Grpc.v1.Dapr;

namespace DaprSocial.Faults.Running;

/// <summary>
/// Publishes, as the first of a stream that is nobody's, an event that no consumer can apply: that stream is parked,
/// and nothing else notices.
/// </summary>
internal sealed class PoisonSender(Mesh mesh, FaultPorts ports, FaultHistory history)
{
    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(10);

    private static readonly Dictionary<string, (string Type, string Payload)> _events = new()
    {
        ["posts"] = ("daprsocial.posts.v1.PostCreated", """{"post":{"id":"no id"}}"""),
        ["graph"] = ("daprsocial.graph.v1.Followed", """{"followerId":"no id"}"""),
    };

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <param name="topic">A topic, which here has the name of the service that owns it.</param>
    public async Task SendAsync(string topic, CancellationToken cancellationToken)
    {
        try
        {
            var heads = await mesh.CallAsync(
                topic, null, _timeout, o => mesh.Log.ListStreamHeadsAsync(new() { PageSize = 1 }, o),
                cancellationToken);
            using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{ports.Grpc(topic)}");
            var stream = NewId();
            var request = new PublishEventRequest
            {
                PubsubName = "pubsub", Topic = topic, DataContentType = "application/json",
                Data = JsonOf(topic, stream, heads.LogId), Metadata = { ["partitionKey"] = $"{stream}" },
            };
            await new DaprApi.DaprClient(channel).PublishEventAsync(
                request, deadline: Now.UtcDateTime + _timeout, cancellationToken: cancellationToken);
            history.Fault($"an event that cannot be applied, stream {stream} of {topic}");
        }
        catch (RpcException exception)
        {
            // Whom it is sent through was killed just now: this time there is no such event.
            history.Say($"no event that cannot be applied: {exception.Status.Detail}");
        }
    }

    private static Guid NewId() => Uuid.Create(Now.ToUnixTimeMilliseconds());

    private static ByteString JsonOf(string topic, Guid stream, string logId)
    {
        var (type, payload) = _events[topic];
        var poison = new Event
        {
            Position = 1, EventId = $"{NewId()}", Topic = topic, Stream = $"{stream}", Version = 1,
            EntityId = $"{stream}", EntityVersion = 1, Type = type, SchemaVersion = 1, Actor = $"{stream}",
            SequenceTime = Timestamp.FromDateTimeOffset(Now), LogId = logId, Payload = payload,
        };
        return ByteString.CopyFromUtf8(JsonFormatter.Default.Format(poison));
    }
}
