using System.Diagnostics;
using System.Globalization;
using DaprSocial.Ctl.Mesh;
using DaprSocial.Dapr;
using DaprSocial.Events.V1;
using DaprSocial.Projections.V1;
using Grpc.Core;
using Microsoft.Extensions.Options;
using Client = DaprSocial.Projections.V1.ProjectionService.ProjectionServiceClient;

namespace DaprSocial.Ctl.Operations;

/// <summary>What an operator does to the projections of a mesh, through its edge.</summary>
internal sealed class ProjectionOperator(MeshPorts ports) : IDisposable
{
    private readonly DaprClient _dapr = new(Options.Create(
        new DaprOptions { GrpcPort = ports.SidecarGrpc(MeshApps.Edge) }));

    public async Task<IReadOnlyList<ProjectionVersion>> ListAsync(
        string service, CancellationToken cancellationToken) =>
        (await CallAsync(service, client => client.ListProjectionVersionsAsync(
            new ListProjectionVersionsRequest(), cancellationToken: cancellationToken))).Versions;

    /// <summary>Builds the next version, compares it, and flips to it if it is wanted and nothing differs.</summary>
    /// <param name="service">App id.</param>
    /// <param name="sampleSize">As in <see cref="RebuildProjectionRequest"/>.</param>
    /// <param name="mayFlip">Whether to flip.</param>
    /// <param name="say">Told the state of the moment.</param>
    /// <param name="cancellationToken">Ends it; a later rebuild goes on with the half-built version.</param>
    public async Task<RebuildOutcome> RebuildAsync(
        string service, int sampleSize, bool mayFlip, Action<string> say, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var request = new RebuildProjectionRequest { SampleSize = sampleSize };
        var last = new RebuildProjectionResponse();
        var eventCount = 0L;
        await ExplainAsync(service, async () =>
        {
            using var call = ClientOf(service).RebuildProjection(request, Streaming, null, cancellationToken);
            await foreach (var progress in call.ResponseStream.ReadAllAsync(cancellationToken))
            {
                last = progress;
                eventCount = Math.Max(eventCount, progress.EventCount);
                say(Text(progress, watch.Elapsed));
            }
        });
        var elapsed = watch.Elapsed;
        var mustFlip = mayFlip && last.Comparison.DifferenceCount == 0;
        if (mustFlip)
            await FlipAsync(service, last.Version, cancellationToken);
        return new RebuildOutcome(service, last.Version, eventCount, elapsed, last.Comparison, mustFlip);
    }

    public Task FlipAsync(string service, int version, CancellationToken cancellationToken) => CallAsync(
        service, client => client.FlipProjectionAsync(
            new FlipProjectionRequest { Version = version }, cancellationToken: cancellationToken));

    public Task DropAsync(string service, int version, CancellationToken cancellationToken) => CallAsync(
        service, client => client.DropProjectionAsync(
            new DropProjectionRequest { Version = version }, cancellationToken: cancellationToken));

    public async Task<ListParkedStreamsResponse> ListParkedAsync(string service, CancellationToken cancellationToken) =>
        await CallAsync(service, client => client.ListParkedStreamsAsync(
            new ListParkedStreamsRequest { PageSize = 1000 }, cancellationToken: cancellationToken));

    /// <returns>True when it parked again.</returns>
    public async Task<bool> RetryAsync(
        string service, string topic, string stream, CancellationToken cancellationToken) =>
        (await CallAsync(service, client => client.RetryParkedStreamAsync(
            new RetryParkedStreamRequest { Topic = topic, Stream = stream },
            cancellationToken: cancellationToken))).IsParked;

    /// <returns>True when it parked again, at a later event.</returns>
    public async Task<bool> SkipAsync(
        string service, string topic, string stream, long version, CancellationToken cancellationToken) =>
        (await CallAsync(service, client => client.SkipParkedEventAsync(
            new SkipParkedEventRequest { Topic = topic, Stream = stream, Version = version },
            cancellationToken: cancellationToken))).IsParked;

    public async Task<IReadOnlyList<DeadLetter>> ListDeadLettersAsync(
        string service, CancellationToken cancellationToken) =>
        (await CallAsync(service, client => client.ListDeadLettersAsync(
            new ListDeadLettersRequest { PageSize = 1000 }, cancellationToken: cancellationToken))).Letters;

    /// <summary>Gives the log of a service a new identity.</summary>
    /// <returns>The identity before, and now.</returns>
    public async Task<(string Before, string Now)> RenewLogIdAsync(string service, CancellationToken cancellationToken)
    {
        var (before, now) = ("", "");
        await ExplainAsync(service, async () =>
        {
            var client = new EventLogService.EventLogServiceClient(_dapr.CreateInvocationInvoker(service));
            before = (await client.ListStreamHeadsAsync(
                new ListStreamHeadsRequest { PageSize = 1 }, cancellationToken: cancellationToken)).LogId;
            now = (await client.RenewLogIdAsync(
                new RenewLogIdRequest { LogId = before }, cancellationToken: cancellationToken)).LogId;
        });
        return (before, now);
    }

    public void Dispose() => _dapr.Dispose();

    // Tells daprd that its policies for unary calls do not apply.
    private static Metadata Streaming => new() { { "dapr-stream", "true" } };

    private static string Text(RebuildProjectionResponse progress, TimeSpan elapsed) => progress.Comparison is null
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"{progress.EventCount:n0} of {progress.EventTotal:n0} events, "
            + $"{progress.EventCount / Math.Max(0.001, elapsed.TotalSeconds):n0}/s")
        : string.Create(CultureInfo.InvariantCulture, $"{progress.Comparison.RowCount:n0} rows compared");

    private static async Task ExplainAsync(string service, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (RpcException exception) when (exception.StatusCode != StatusCode.Cancelled)
        {
            throw new CtlException(
                $"{service}: {exception.Status.Detail}",
                $"See ./social ctl projection list {service}, and ./social status.");
        }
    }

    private async Task<T> CallAsync<T>(string service, Func<Client, AsyncUnaryCall<T>> call)
    {
        T? answer = default;
        await ExplainAsync(service, async () => answer = await call(ClientOf(service)));
        return answer!;
    }

    private Client ClientOf(string service) => new(_dapr.CreateInvocationInvoker(service));
}
