using DaprSocial.Load;
using DaprSocial.Load.Driving;
using DaprSocial.Projections.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace DaprSocial.Verify.Repairing;

/// <summary>
/// Mends projections by making them anew from the logs, while the old ones serve: rebuild, flip, drop.
/// </summary>
/// <param name="addressOf">Where a service listens itself, by app id.</param>
public sealed class ProjectionRepair(Func<string, Uri> addressOf, IDemoProgress progress)
{
    // Both versions differ, that is why it is rebuilt; what counts is the verification afterwards.
    private const int SampleSizeMin = 1;

    /// <summary>Rebuilds the projections of services side by side. A call goes on where one before ended.</summary>
    /// <exception cref="VerifyException">A service does not answer, or refuses.</exception>
    public Task RunAsync(IReadOnlyList<string> appIds, CancellationToken cancellationToken) =>
        Task.WhenAll(appIds.Select(appId => RebuildAsync(appId, cancellationToken)));

    private async Task RebuildAsync(string appId, CancellationToken cancellationToken)
    {
        using var channel = GrpcChannel.ForAddress(addressOf(appId), new GrpcChannelOptions
        {
            ThrowOperationCanceledOnCancellation = true,
        });
        var projection = new ProjectionService.ProjectionServiceClient(channel);
        try
        {
            await DropAsync(ProjectionState.Ready);
            var version = await RebuildAsync(projection, appId, cancellationToken);
            progress.Report($"{appId}: flip to version {version}", 1, 1);
            await projection.FlipProjectionAsync(
                new FlipProjectionRequest { Version = version }, cancellationToken: cancellationToken);
            await DropAsync(ProjectionState.Ready);
        }
        catch (RpcException exception)
        {
            throw new VerifyException($"{appId} was not rebuilt: {Refusals.Describe(exception)}", exception);
        }

        // A rebuild needs the place of a version that was kept to flip back to.
        async Task DropAsync(ProjectionState state)
        {
            var listed = await projection.ListProjectionVersionsAsync(
                new ListProjectionVersionsRequest(), cancellationToken: cancellationToken);
            foreach (var spare in listed.Versions.Where(version => version.State == state))
            {
                progress.Report($"{appId}: drop version {spare.Version}", 1, 1);
                await projection.DropProjectionAsync(
                    new DropProjectionRequest { Version = spare.Version }, cancellationToken: cancellationToken);
            }
        }
    }

    private async Task<int> RebuildAsync(
        ProjectionService.ProjectionServiceClient projection, string appId, CancellationToken cancellationToken)
    {
        using var call = projection.RebuildProjection(
            new RebuildProjectionRequest { SampleSize = SampleSizeMin }, cancellationToken: cancellationToken);
        var version = 0;
        await foreach (var state in call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            version = state.Version;
            if (state.EventTotal > 0)
                progress.Report($"{appId}: build version {version}", state.EventCount, state.EventTotal);
        }

        return version;
    }
}
