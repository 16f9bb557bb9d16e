using DaprSocial.Ctl.Mesh;
using DaprSocial.Events.V1;
using DaprSocial.Graph.V1;
using DaprSocial.Load;
using DaprSocial.Media.V1;
using DaprSocial.Posts.V1;
using DaprSocial.Projections.V1;
using DaprSocial.Users.V1;
using DaprSocial.Verify;
using Grpc.Core;
using Grpc.Net.Client;
using Npgsql;

namespace DaprSocial.Ctl.Erasing;

/// <summary>
/// Erases a user in every service, then what is parked and could not be decoded; and looks whether anything is left.
/// </summary>
/// <remarks>
/// Each service erases a bounded part in each call, in one transaction; so this can end anywhere and be begun again.
/// </remarks>
internal sealed class UserErasure(
    Func<string, Uri> addressOf, string postgresConnectionString, IDemoProgress progress, TimeProvider clock)
{
    private const int ParkedMax = 1000;
    private static readonly TimeSpan _callTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _relayPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _pollInterval = TimeSpan.FromMilliseconds(100);

    private readonly Dictionary<string, long> _erased = [];

    /// <exception cref="EraseException">A service or the database does not answer, or refuses.</exception>
    /// <exception cref="VerifyException">The stores cannot be verified.</exception>
    public async Task<EraseReceipt> RunAsync(ErasedUser user, CancellationToken cancellationToken)
    {
        try
        {
            return await RunStepsAsync(user, cancellationToken);
        }
        catch (RpcException exception)
        {
            throw new EraseException($"a service does not answer: {exception.Status.Detail}", exception);
        }
        catch (NpgsqlException exception)
        {
            throw new EraseException($"the stores cannot be read: {exception.Message}", exception);
        }
    }

    private async Task<EraseReceipt> RunStepsAsync(ErasedUser user, CancellationToken cancellationToken)
    {
        var traces = new UserTraces(postgresConnectionString);
        var shown = await traces.CountShownAsync(user.Id, cancellationToken);
        var media = await traces.ReadMediaAsync(user.Id, cancellationToken);
        await EraseCommandsAsync(user.Id.ToString("D"), cancellationToken);
        var parked = await FreeParkedAsync(user, cancellationToken);
        await DeleteDeadLettersAsync(user, cancellationToken);

        // Waits for the projections, too.
        var options = new VerifyOptions { PostgresConnectionString = postgresConnectionString, Clock = clock };
        var report = await Verifier.RunAsync(options, progress, cancellationToken);
        var (tableCount, found) = await traces.SearchAsync(user, cancellationToken);
        foreach (var (before, after) in shown.Zip(await traces.CountShownAsync(user.Id, cancellationToken)))
        {
            _erased[before.Store] = before.Count - after.Count;
            if (after.Count > 0)
                found = [.. found, after];
        }

        if (await CountServedAsync(media, cancellationToken) is > 0 and var served)
            found = [.. found, new EraseStep("media, bytes that are still served", served)];
        return new EraseReceipt(
            user.Id, clock.GetUtcNow(), [.. _erased.Select(store => new EraseStep(store.Key, store.Value))], parked,
            tableCount, found, report.DifferenceCount);
    }

    private async Task EraseCommandsAsync(string userId, CancellationToken cancellationToken)
    {
        using var posts = Open(MeshApps.Posts);
        var postClient = new PostService.PostServiceClient(posts);
        await RepeatAsync(MeshApps.Posts, async options =>
        {
            var answer = await postClient.EraseUserAsync(new Posts.V1.EraseUserRequest { UserId = userId }, options);
            return (answer.Erased, answer.Complete);
        }, cancellationToken);

        using var graph = Open(MeshApps.Graph);
        var graphClient = new GraphService.GraphServiceClient(graph);
        await RepeatAsync(MeshApps.Graph, async options =>
        {
            var answer = await graphClient.EraseUserAsync(new Graph.V1.EraseUserRequest { UserId = userId }, options);
            return (answer.Erased, answer.Complete);
        }, cancellationToken);

        using var media = Open(MeshApps.Media);
        var mediaClient = new MediaService.MediaServiceClient(media);
        await RepeatAsync(MeshApps.Media, async options =>
        {
            var answer = await mediaClient.EraseUserAsync(new Media.V1.EraseUserRequest { UserId = userId }, options);
            return (answer.Erased, answer.Complete);
        }, cancellationToken);

        // Last, so that the handle finds the user again when one of the others failed.
        using var users = Open(MeshApps.Users);
        var userClient = new UserService.UserServiceClient(users);
        await RepeatAsync(MeshApps.Users, async options =>
        {
            var answer = await userClient.EraseUserAsync(new Users.V1.EraseUserRequest { UserId = userId }, options);
            return (answer.Erased, answer.Complete);
        }, cancellationToken);
    }

    /// <summary>How many of some media can still be had.</summary>
    private async Task<long> CountServedAsync(IReadOnlyList<string> media, CancellationToken cancellationToken)
    {
        using var channel = Open(MeshApps.Media);
        var client = new MediaService.MediaServiceClient(channel);
        var count = 0L;
        foreach (var id in media)
        {
            using var call = client.DownloadMedia(
                new DownloadMediaRequest { MediaId = id, Length = 1 }, Options(cancellationToken));
            try
            {
                if (await call.ResponseStream.MoveNext(cancellationToken))
                    count++;
            }
            catch (RpcException exception) when (exception.StatusCode == StatusCode.NotFound)
            {
                // As it should be.
            }
        }

        return count;
    }

    private async Task RepeatAsync(
        string appId, Func<CallOptions, Task<(IReadOnlyList<ErasedRows> Erased, bool Complete)>> eraseAsync,
        CancellationToken cancellationToken)
    {
        foreach (var table in TablesOf(appId))
            _erased[table] = 0;
        var rows = 0L;
        var idleSince = clock.GetTimestamp();
        while (true)
        {
            var (erased, isComplete) = await eraseAsync(Options(cancellationToken));
            foreach (var table in erased)
                _erased[table.Table] = _erased.GetValueOrDefault(table.Table) + table.RowCount;
            var count = erased.Sum(table => table.RowCount);
            rows += count;
            // How much there is shows only when it is done.
            progress.Report($"erase in {appId}", isComplete ? rows + 1 : rows, rows + 1);
            if (isComplete)
                return;
            if (count > 0)
            {
                idleSince = clock.GetTimestamp();
                continue;
            }

            if (clock.GetElapsedTime(idleSince) > _relayPatience)
                throw new EraseException($"events of the user wait for a relay of {appId} to run");
            await Task.Delay(_pollInterval, clock, cancellationToken);
        }
    }

    /// <summary>A stream that stopped at an event goes on when the event is erased.</summary>
    private async Task<IReadOnlyList<string>> FreeParkedAsync(ErasedUser user, CancellationToken cancellationToken)
    {
        var stuck = new List<string>();
        foreach (var appId in MeshApps.Services)
        {
            using var channel = Open(appId);
            var projection = new ProjectionService.ProjectionServiceClient(channel);
            var listed = await projection.ListParkedStreamsAsync(
                new ListParkedStreamsRequest { PageSize = ParkedMax }, Options(cancellationToken));
            var freed = 0;
            foreach (var stream in listed.Streams.Where(stream => stream.Stream == user.Id.ToString("D")))
            {
                var request = new RetryParkedStreamRequest { Topic = stream.Topic, Stream = stream.Stream };
                var retried = await projection.RetryParkedStreamAsync(request, Options(cancellationToken));
                if (retried.IsParked)
                    stuck.Add($"{appId}, topic {stream.Topic}");
                else
                    freed++;
            }

            _erased[$"{appId}.parked_stream (projected)"] = freed;
        }

        return stuck;
    }

    private async Task DeleteDeadLettersAsync(ErasedUser user, CancellationToken cancellationToken)
    {
        var request = new DeleteDeadLettersRequest { Texts = { user.Id.ToString("D") } };
        if (user.Handle is { } handle)
            request.Texts.Add($"\"{handle}\"");
        foreach (var appId in MeshApps.Services)
        {
            using var channel = Open(appId);
            var projection = new ProjectionService.ProjectionServiceClient(channel);
            var answer = await projection.DeleteDeadLettersAsync(request, Options(cancellationToken));
            _erased[$"{appId}.dead_letter"] = answer.DeletedCount;
        }
    }

    private static IEnumerable<string> TablesOf(string appId)
    {
        string[] own = appId switch
        {
            MeshApps.Users => ["user_account"],
            MeshApps.Posts => ["post", "reaction"],
            MeshApps.Media => ["media", "upload", "blob"],
            _ => ["follow", "known_user"],
        };
        return own.Concat(["event_log", "event_pending", "request"]).Select(table => $"{appId}.{table}");
    }

    private CallOptions Options(CancellationToken cancellationToken) =>
        new(deadline: clock.GetUtcNow().UtcDateTime + _callTimeout, cancellationToken: cancellationToken);

    private GrpcChannel Open(string appId) => GrpcChannel.ForAddress(addressOf(appId), new GrpcChannelOptions
    {
        ThrowOperationCanceledOnCancellation = true,
    });
}
