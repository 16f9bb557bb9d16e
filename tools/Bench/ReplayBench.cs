using System.Diagnostics;
using DaprSocial.Events.V1;
using DaprSocial.Load;
using DaprSocial.Load.Driving;
using DaprSocial.Posts.V1;
using Grpc.Core;
using Npgsql;

namespace DaprSocial.Bench;

/// <summary>Measures how fast a consumer reads a service's whole log.</summary>
public static class ReplayBench
{
    /// <summary>So many events at least are read; what the log lacks is written first.</summary>
    public const int EventCountMin = 50_000;

    private const int RoundCount = 5;
    private const int WriterCount = 32;
    private static readonly TimeSpan _callTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _replayTimeout = TimeSpan.FromMinutes(5);

    /// <exception cref="BenchException">The mesh refuses or does not answer.</exception>
    public static async Task<ReplayReport> RunAsync(
        BenchTarget target, IDemoProgress progress, CancellationToken cancellationToken)
    {
        using var edge = new Mesh(target.EdgeAddress, TimeProvider.System);
        using var direct = new Mesh(target.ServiceAddresses[AppIds.Posts], TimeProvider.System);
        try
        {
            var head = await FillAsync(edge, direct, progress, cancellationToken);
            (string Name, Mesh Mesh)[] variants =
                [("through the edge sidecar", edge), ("at the service's port", direct)];
            var turns = variants.ToDictionary(
                variant => variant.Name, _ => new List<(double PerSecond, double Megabytes)>());
            for (int round = 0, done = 0; round <= RoundCount; round++)
            {
                foreach (var (name, mesh) in variants)
                {
                    var turn = await ReplayAsync(mesh, head, cancellationToken);
                    // Round 0 warms up.
                    if (round > 0)
                        turns[name].Add(turn);
                    progress.Report("replaying", ++done, variants.Length * (RoundCount + 1));
                }
            }

            await using var connection = new NpgsqlConnection(target.PostgresConnectionString);
            await connection.OpenAsync(cancellationToken);
            return new ReplayReport(
                AppIds.Posts, head, RoundCount, await BenchEnvironment.ReadAsync(connection, cancellationToken),
                [.. turns.Select(turn => new ReplayFigures(
                    turn.Key, Spread.Of([.. turn.Value.Select(value => value.PerSecond)]),
                    Spread.Of([.. turn.Value.Select(value => value.Megabytes)]).Median))]);
        }
        catch (RpcException exception)
        {
            throw new BenchException($"the log cannot be read: {Refusals.Describe(exception)}", exception);
        }
    }

    private static async Task<(double PerSecond, double Megabytes)> ReplayAsync(
        Mesh mesh, long head, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        var (count, bytes) = (0L, 0L);
        using var call = mesh.Log.ReplayEvents(
            new ReplayEventsRequest { Limit = (int)head },
            mesh.OptionsForStream(AppIds.Posts, _replayTimeout, cancellationToken));
        await foreach (var page in call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            count += page.Events.Count;
            bytes += page.CalculateSize();
        }

        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return count == head
            ? (count / seconds, bytes / seconds / 1e6)
            : throw new BenchException($"the log of {head} events answered {count} of them.");
    }

    /// <returns>Position of the log's head.</returns>
    private static async Task<long> FillAsync(
        Mesh edge, Mesh direct, IDemoProgress progress, CancellationToken cancellationToken)
    {
        var head = await ReadHeadAsync(direct, cancellationToken);
        if (head >= EventCountMin)
            return head;
        var writers = await BenchWriters.FindOrCreateAsync(edge, WriterCount, cancellationToken);
        var missing = EventCountMin - head;
        var (started, done) = (0L, 0L);
        var tokens = new TokenBook();
        await Task.WhenAll(writers.Select(async (writer, number) =>
        {
            var random = new Random(number);
            while (Interlocked.Increment(ref started) <= missing)
            {
                var request = new CreatePostRequest { Text = BenchText.Next(random) };
                var answer = await direct.CallAsync(
                    AppIds.Posts, writer, _callTimeout, o => direct.Posts.CreatePostAsync(request, o),
                    cancellationToken);
                tokens.Observe(writer, answer.ConsistencyToken);
                progress.Report("writing events", Interlocked.Increment(ref done), missing);
            }
        }));

        // What is applied is in the log, and what is not would be applied while the log is read.
        var barrier = new CatchUpBarrier(edge, tokens, TimeProvider.System, WriterCount, CatchUpBarrier.DefaultLimit);
        var late = await barrier.WaitAsync(
            "catching up", [AppIds.Posts, AppIds.Timelines], tokens.Users(), progress, cancellationToken);
        if (late.Count > 0)
            throw new BenchException($"what was written is not applied: {late[0]}");
        return await ReadHeadAsync(direct, cancellationToken);
    }

    private static async Task<long> ReadHeadAsync(Mesh mesh, CancellationToken cancellationToken)
    {
        var request = new ListStreamHeadsRequest { PageSize = 1 };
        var answer = await mesh.CallAsync(
            AppIds.Posts, actor: null, _callTimeout, o => mesh.Log.ListStreamHeadsAsync(request, o),
            cancellationToken);
        return answer.HeadPosition;
    }
}
