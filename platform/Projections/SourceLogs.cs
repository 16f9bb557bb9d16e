using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using DaprSocial.Dapr;
using DaprSocial.Events;
using DaprSocial.Events.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace DaprSocial.Projections;

/// <summary>Reads the logs of the services whose topics are consumed.</summary>
internal sealed class SourceLogs(DaprClient dapr, TimeProvider clock)
{
    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, EventLogService.EventLogServiceClient> _clients = new();

    /// <summary>Reads events of one stream, in order.</summary>
    /// <exception cref="RpcException">The owner does not answer.</exception>
    public async Task<IReadOnlyList<EventEnvelope>> ReadStreamAsync(
        StreamKey key, long afterVersion, int limit, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var request = new ReplayEventsRequest
        {
            Topic = key.Topic, Stream = key.Stream.ToString("D"), AfterVersion = afterVersion, Limit = limit,
        };
        // Tells daprd that its policies for unary calls do not apply.
        var headers = new Metadata { { "dapr-stream", "true" } };
        using var call = ClientOf(Topics.OwnerOf(key.Topic)).ReplayEvents(
            request, new CallOptions(headers, DeadlineIn(timeout ?? _timeout), cancellationToken));
        var events = new List<EventEnvelope>();
        await foreach (var chunk in call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            foreach (var row in chunk.Events)
            {
                if (EventEnvelope.TryRead(row, out var envelope))
                    events.Add(envelope);
            }
        }

        return events;
    }

    /// <summary>Reads a whole log from a position on, in order, in parts that are not empty.</summary>
    /// <exception cref="RpcException">The owner does not answer.</exception>
    public async IAsyncEnumerable<IReadOnlyList<Event>> ReadLogAsync(
        string appId, long afterPosition, int partSizeMax, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var headers = new Metadata { { "dapr-stream", "true" } };
        using var call = ClientOf(appId).ReplayEvents(
            new ReplayEventsRequest { AfterPosition = afterPosition },
            new CallOptions(headers, cancellationToken: cancellationToken));
        var part = new List<Event>(partSizeMax);
        await foreach (var chunk in call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            if (part.Count > 0 && part.Count + chunk.Events.Count > partSizeMax)
            {
                yield return part;
                part = new List<Event>(partSizeMax);
            }

            part.AddRange(chunk.Events);
        }

        if (part.Count > 0)
            yield return part;
    }

    /// <summary>Tells which log an owner has, and up to which version a stream was committed to it.</summary>
    /// <exception cref="RpcException">The owner does not answer.</exception>
    public async Task<(Guid LogId, long Version)> ReadVersionAsync(
        StreamKey key, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var answer = await ClientOf(Topics.OwnerOf(key.Topic)).GetStreamVersionAsync(
            new GetStreamVersionRequest { Topic = key.Topic, Stream = key.Stream.ToString("D") },
            new CallOptions(null, DeadlineIn(timeout), cancellationToken));
        return (Guid.Parse(answer.LogId), answer.Version);
    }

    /// <summary>The position of an owner's newest event; 0 when its log is empty.</summary>
    /// <exception cref="RpcException">The owner does not answer.</exception>
    public async Task<long> ReadHeadAsync(string appId, CancellationToken cancellationToken) =>
        (await ListStreamHeadsAsync(appId, long.MaxValue, 1, null, cancellationToken)).HeadPosition;

    /// <summary>Lists the streams of an owner's log that changed after a position.</summary>
    /// <exception cref="RpcException">The owner does not answer.</exception>
    public async Task<ListStreamHeadsResponse> ListStreamHeadsAsync(
        string appId, long afterPosition, int pageSize, TimeSpan? olderThan, CancellationToken cancellationToken)
    {
        var request = new ListStreamHeadsRequest { AfterPosition = afterPosition, PageSize = pageSize };
        if (olderThan is { } age)
            request.OlderThan = Duration.FromTimeSpan(age);
        return await ClientOf(appId).ListStreamHeadsAsync(
            request, new CallOptions(null, DeadlineIn(_timeout), cancellationToken));
    }

    private DateTime DeadlineIn(TimeSpan timeout) => clock.GetUtcNow().UtcDateTime + timeout;

    private EventLogService.EventLogServiceClient ClientOf(string appId) =>
        _clients.GetOrAdd(appId, id => new EventLogService.EventLogServiceClient(dapr.CreateInvocationInvoker(id)));
}
