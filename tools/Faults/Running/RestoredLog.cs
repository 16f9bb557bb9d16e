using System.Diagnostics;
using DaprSocial.Faults.Driving;
using DaprSocial.Faults.Planning;
using DaprSocial.Faults.Processes;
using DaprSocial.Load.Driving;
using DaprSocial.Projections.V1;
using DaprSocial.Timelines.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace DaprSocial.Faults.Running;

/// <summary>
/// A service's data goes back by a minute, under processes that have applied what it has lost. Everybody who depends on
/// its log has to notice, and must take neither the old tokens nor the new events for what they know. Then the log gets
/// a new identity and the projections are built anew, and all is right again but for what was lost.
/// </summary>
internal sealed class RestoredLog(
    Fleet fleet, IFaultStores stores, FaultLoad load, FaultPorts ports, FaultHistory history)
{
    private const string Promise = "a log that went back is noticed";
    private const string LogChanged = "LOG_CHANGED";
    private static readonly TimeSpan _noticeMax = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan _rebuildMax = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan _poll = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(6);

    private static readonly IReadOnlyList<string> _dependents =
        [.. Instances.OfServices.Where(instance => Instances.AppOf(instance) == AppIds.Timelines)];

    /// <summary>Nobody may write meanwhile.</summary>
    public async Task RunAsync(string app, CancellationToken cancellationToken)
    {
        await LoseAsync(app, cancellationToken);
        await RenewAsync(app, cancellationToken);
        using var channel = GrpcChannel.ForAddress(ports.EdgeAddress);
        var projections = new ProjectionService.ProjectionServiceClient(channel);
        foreach (var reader in new[] { app, AppIds.Timelines, AppIds.Search })
            await RebuildAsync(projections, reader, cancellationToken);
    }

    /// <summary>Gives the restored log the identity that it needs, as docs/operations.md says.</summary>
    private async Task RenewAsync(string app, CancellationToken cancellationToken)
    {
        var log = load.Mesh.Log;
        var heads = await log.ListStreamHeadsAsync(new() { PageSize = 1 }, OptionsFor(app, cancellationToken));
        await log.RenewLogIdAsync(new() { LogId = heads.LogId }, OptionsFor(app, cancellationToken));
        history.Say($"the log of {app} has a new identity");
    }

    private async Task RebuildAsync(
        ProjectionService.ProjectionServiceClient projections, string app, CancellationToken cancellationToken)
    {
        using var rebuild = projections.RebuildProjection(new(), OptionsFor(app, cancellationToken));
        var version = 0;
        var eventCount = 0L;
        await foreach (var progress in rebuild.ResponseStream.ReadAllAsync(cancellationToken))
            (version, eventCount) = (progress.Version, Math.Max(eventCount, progress.EventCount));
        await projections.FlipProjectionAsync(new() { Version = version }, OptionsFor(app, cancellationToken));
        history.Say($"the projection of {app} is built anew from {eventCount} events: version {version}");
    }

    private CallOptions OptionsFor(string app, CancellationToken cancellationToken) =>
        load.Mesh.OptionsForStream(app, _rebuildMax, cancellationToken);

    private async Task LoseAsync(string app, CancellationToken cancellationToken)
    {
        var author = load.Ledger.UserId(0);
        var (post, token) = await load.Scenarios.PostToFollowersAsync(author, "soon lost", "", cancellationToken);
        foreach (var instance in _dependents)
            await WaitAsync(instance, author, token, IsSatisfied, $"post {post} is applied", cancellationToken);

        var watch = Stopwatch.StartNew();
        await fleet.WithoutAsync(app, () => RestoreAsync(app, cancellationToken), cancellationToken);
        foreach (var instance in _dependents)
        {
            await WaitAsync(
                instance, author, token, IsLogChanged, $"a token of the lost post {post} is refused",
                cancellationToken);
        }

        history.Say($"all of {AppIds.Timelines} noticed {watch.ElapsedMilliseconds} ms after the restore began");
        var (another, its) = await load.Scenarios.PostToFollowersAsync(author, "instead", "", cancellationToken);
        foreach (var instance in _dependents)
        {
            await WaitAsync(
                instance, author, its, IsLogChanged,
                $"a token of post {another}, which took the place of the lost {post}, is refused", cancellationToken);
        }
    }

    private async Task RestoreAsync(string app, CancellationToken cancellationToken)
    {
        var before = await new SchemaBackUp(stores.PostgresConnectionString).RestoreAsync(app, cancellationToken);
        history.Fault($"the data of {app}, with a log of {before} events, goes back to the copy");
    }

    private static bool IsSatisfied((ListAuthorTimelineResponse? Answer, RpcException? Refusal) result) =>
        result.Answer is { Freshness.Satisfied: true };

    private static bool IsLogChanged((ListAuthorTimelineResponse? Answer, RpcException? Refusal) result) =>
        result.Refusal is { } refusal && Refusals.ReasonOf(refusal) == LogChanged;

    private async Task WaitAsync(
        string instance, Guid author, string token,
        Func<(ListAuthorTimelineResponse? Answer, RpcException? Refusal), bool> isWanted, string what,
        CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        // Past the sidecar, which knows one instance only.
        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{ports.Service(instance)}");
        var timelines = new TimelineService.TimelineServiceClient(channel);
        while (true)
        {
            var result = await AskAsync(timelines, author, token, cancellationToken);
            if (isWanted(result))
                return;
            if (watch.Elapsed > _noticeMax)
            {
                var last = result.Answer?.ToString() ?? Refusals.Describe(result.Refusal!);
                history.Violated(Promise, $"{instance}: not within {_noticeMax.TotalSeconds} s that {what}: {last}");
                return;
            }

            await Task.Delay(_poll, cancellationToken);
        }
    }

    private static async Task<(ListAuthorTimelineResponse? Answer, RpcException? Refusal)> AskAsync(
        TimelineService.TimelineServiceClient timelines, Guid author, string token, CancellationToken cancellationToken)
    {
        var request = new ListAuthorTimelineRequest { AuthorId = $"{author}", PageSize = 5, ConsistencyToken = token };
        var headers = new Metadata { { "daprsocial-actor", $"{author}" } };
        try
        {
            var deadline = TimeProvider.System.GetUtcNow().UtcDateTime + _timeout;
            return (await timelines.ListAuthorTimelineAsync(
                request, new CallOptions(headers, deadline, cancellationToken)), null);
        }
        catch (RpcException refusal)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return (null, refusal);
        }
    }
}
