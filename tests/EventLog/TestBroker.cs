using DaprSocial.Events;
using DaprSocial.Events.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using PublishEventRequest = global::Dapr.Client.Autogen.Grpc.v1.PublishEventRequest;

namespace DaprSocial.EventLog.Tests;

/// <summary>The sidecar's publish call: keeps what it takes.</summary>
internal sealed class TestBroker : global::Dapr.Client.Autogen.Grpc.v1.Dapr.DaprBase
{
    private readonly Lock _gate = new();
    private readonly List<PublishEventRequest> _taken = [];

    /// <summary>Runs before an event is taken: may wait, or refuse it by throwing.</summary>
    public Func<Event, ServerCallContext, Task> OnPublishAsync { get; set; } = (_, _) => Task.CompletedTask;

    public IReadOnlyList<PublishEventRequest> Requests
    {
        get
        {
            lock (_gate)
                return [.. _taken];
        }
    }

    /// <summary>The events taken, in order.</summary>
    public IReadOnlyList<Event> Events => [.. Requests.Select(Read)];

    public override async Task<Empty> PublishEvent(PublishEventRequest request, ServerCallContext context)
    {
        await OnPublishAsync(Read(request), context);
        lock (_gate)
            _taken.Add(request);
        return new Empty();
    }

    public static RpcException Refusal() => new(new Status(StatusCode.Unavailable, "The broker is away."));

    private static Event Read(PublishEventRequest request) => EventJson.Decode<Event>(request.Data);
}
