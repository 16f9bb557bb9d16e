using DaprSocial.Load;
using DaprSocial.Load.Driving;
using DaprSocial.Posts.V1;
using Grpc.Core;
using Npgsql;

namespace DaprSocial.Bench;

/// <summary>Measures CreatePost beside a bare insert of the same row.</summary>
public static class WriteBench
{
    internal const string Edge = "CreatePost through the edge sidecar";
    internal const string Direct = "CreatePost at the service's port";
    internal const string Peer = "bare insert of the row (peer)";

    private const int WriterCountMax = 256;
    private const int BarrierConcurrency = 32;
    private static readonly TimeSpan _durationMax = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan _warmUp = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _callTimeout = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Measures in turns: after each turn it waits until every service has applied what was written, so that no turn
    /// pays for another's, and counts that CPU with the turn's.
    /// </summary>
    /// <exception cref="BenchException">The mesh refuses or does not answer, or does not catch up.</exception>
    public static async Task<WriteReport> RunAsync(
        BenchTarget target, WriteBenchOptions options, IDemoProgress progress, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.WriterCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.WriterCount, WriterCountMax);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Duration, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Duration, _durationMax);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.RoundCount);
        using var edge = new Mesh(target.EdgeAddress, TimeProvider.System);
        using var direct = new Mesh(target.ServiceAddresses[AppIds.Posts], TimeProvider.System);
        try
        {
            var writers = await BenchWriters.FindOrCreateAsync(edge, options.WriterCount, cancellationToken);
            await using var peer = await BareInsert.CreateAsync(
                target.PostgresConnectionString, options.PoolSize, cancellationToken);
            await using var connection = new NpgsqlConnection(target.PostgresConnectionString);
            await connection.OpenAsync(cancellationToken);
            var run = new Run(
                edge, writers, options, await CpuMeter.StartAsync(target.MeshProcessId, connection, cancellationToken),
                progress);
            WriteVariant[] variants =
                [Create(Edge, edge, writers), Create(Direct, direct, writers), Create(peer, writers)];
            var figures = await run.MeasureAsync(variants, cancellationToken);
            var environment = await BenchEnvironment.ReadAsync(connection, cancellationToken);
            return new WriteReport(
                options.WriterCount, options.PoolSize, options.RoundCount, target.IsInProcess, environment, figures);
        }
        catch (RpcException exception)
        {
            throw new BenchException($"the mesh does not take writes: {Refusals.Describe(exception)}", exception);
        }
        catch (NpgsqlException exception)
        {
            throw new BenchException($"the database does not answer: {exception.Message}", exception);
        }
    }

    private static WriteVariant Create(string name, Mesh mesh, Guid[] writers) =>
        new(name, async (writer, text, cancellationToken) =>
        {
            var request = new CreatePostRequest { Text = text };
            var answer = await mesh.CallAsync(
                AppIds.Posts, writers[writer], _callTimeout, o => mesh.Posts.CreatePostAsync(request, o),
                cancellationToken);
            return answer.ConsistencyToken;
        });

    private static WriteVariant Create(BareInsert peer, Guid[] writers) =>
        new(Peer, async (writer, text, cancellationToken) =>
        {
            await peer.InsertAsync(writers[writer], text, cancellationToken);
            return "";
        });

    /// <summary>The turns of one bench.</summary>
    private sealed class Run(
        Mesh mesh, Guid[] writers, WriteBenchOptions options, CpuMeter meter, IDemoProgress progress)
    {
        private readonly TokenBook _tokens = new();

        public async Task<IReadOnlyList<WriteFigures>> MeasureAsync(
            WriteVariant[] variants, CancellationToken cancellationToken)
        {
            var turn = options.Duration / options.RoundCount;
            var total = variants.Length * (options.RoundCount + 1);
            var turns = variants.ToDictionary(variant => variant.Name, _ => new List<WriteTurn>());
            for (int round = 0, done = 0; round <= options.RoundCount; round++)
            {
                foreach (var variant in variants)
                {
                    // Round 0 warms up connections, caches and the just-in-time compiler.
                    var figures = await TakeTurnAsync(variant, round == 0 ? _warmUp : turn, cancellationToken);
                    if (round > 0)
                        turns[variant.Name].Add(figures);
                    progress.Report("measuring", ++done, total);
                }
            }

            return WriteFigures.Of(turns, Peer);
        }

        private async Task<WriteTurn> TakeTurnAsync(
            WriteVariant variant, TimeSpan duration, CancellationToken cancellationToken)
        {
            var before = meter.Read();
            var round = await WriteRound.RunAsync(variant, writers.Length, duration, cancellationToken);
            var written = meter.Read() - before;
            await CatchUpAsync(round, cancellationToken);
            return new WriteTurn(round, written, meter.Read() - before);
        }

        private async Task CatchUpAsync(WriteRound round, CancellationToken cancellationToken)
        {
            foreach (var (writer, token) in round.Tokens.Index())
            {
                if (token.Length > 0)
                    _tokens.Observe(writers[writer], token);
            }

            var users = _tokens.Users();
            if (round.Tokens.All(token => token.Length == 0) || users.Count == 0)
                return;
            var barrier = new CatchUpBarrier(
                mesh, _tokens, TimeProvider.System, BarrierConcurrency, CatchUpBarrier.DefaultLimit);
            var late = await barrier.WaitAsync(
                "catching up", [AppIds.Posts, AppIds.Timelines], users, Silent.Instance, cancellationToken);
            if (late.Count > 0)
                throw new BenchException($"what was written is not applied: {late[0]}");
        }
    }
}
