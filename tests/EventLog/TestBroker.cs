using DaprSocial.Events;
using DaprSocial.Events.V1;
using Grpc.Core;
using BulkPublishRequest = global::Dapr.Client.Autogen.Grpc.v1.BulkPublishRequest;
using BulkPublishRequestEntry = global::Dapr.Client.Autogen.Grpc.v1.BulkPublishRequestEntry;
using BulkPublishResponse = global::Dapr.Client.Autogen.Grpc.v1.BulkPublishResponse;

namespace DaprSocial.EventLog.Tests;

/// <summary>The sidecar's publish call: keeps what it takes.</summary>
internal sealed class TestBroker : global::Dapr.Client.Autogen.Grpc.v1.Dapr.DaprBase
{
    private readonly Lock _gate = new();
    private readonly List<BulkPublishRequest> _requests = [];
    private readonly List<BulkPublishRequestEntry> _taken = [];

    /// <summary>Runs at the start of each call.</summary>
    public Func<BulkPublishRequest, Task> OnCallAsync { get; set; } = _ => Task.CompletedTask;

    /// <summary>Runs before an event is taken: may wait, or refuse it and the rest of its call by throwing.</summary>
    public Func<Event, ServerCallContext, Task> OnPublishAsync { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>What each call answers when it took all.</summary>
    public Func<BulkPublishResponse> Answer { get; set; } = () => new BulkPublishResponse();

    public IReadOnlyList<BulkPublishRequest> Requests
    {
        get
        {
            lock (_gate)
                return [.. _requests];
        }
    }

    /// <summary>The events taken, in order.</summary>
    public IReadOnlyList<Event> Events
    {
        get
        {
            lock (_gate)
                return [.. _taken.Select(Read)];
        }
    }

    public override async Task<BulkPublishResponse> BulkPublishEvent(
        BulkPublishRequest request, ServerCallContext context)
    {
        lock (_gate)
            _requests.Add(request);
        await OnCallAsync(request);
        foreach (var entry in request.Entries)
        {
            await OnPublishAsync(Read(entry), context);
            lock (_gate)
                _taken.Add(entry);
        }

        return Answer();
    }

    public static RpcException Refusal() => new(new Status(StatusCode.Unavailable, "The broker is away."));

    private static Event Read(BulkPublishRequestEntry entry) => EventJson.Decode<Event>(entry.Event);
}
