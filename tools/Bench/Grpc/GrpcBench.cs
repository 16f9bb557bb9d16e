using DaprSocial.Load;

namespace DaprSocial.Bench.Grpc;

/// <summary>Calls a second and their CPU time, of our gRPC server and others, in turn on one machine.</summary>
public static class GrpcBench
{
    private const int Rounds = 5;
    private const double SecondsPerRound = 2;

    // Enough for a JIT to be done with the hot path, and to know how many calls make a round.
    private const double WarmUpSeconds = 4;
    private const int FirstCalls = 500;
    private const string Stage = "measuring";

    /// <param name="peers">The first one is the ceiling that the others are compared with.</param>
    /// <param name="missing">What could not be measured, for the report.</param>
    /// <param name="progress">Told of every turn.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="BenchException">A server does not start, answers wrongly, or fails calls.</exception>
    public static async Task<GrpcReport> RunAsync(
        IReadOnlyList<GrpcPeer> peers, IReadOnlyList<string> missing, IDemoProgress progress,
        CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("daprsocial-bench-");
        var servers = new List<PeerServer>();
        try
        {
            foreach (var peer in peers)
                servers.Add(await PeerServer.StartAsync(peer, cancellationToken));
            var loads = new Dictionary<string, IReadOnlyList<GrpcFigures>>();
            foreach (var (number, load) in GrpcLoad.All.Index())
            {
                var body = Path.Combine(folder.FullName, "body");
                await File.WriteAllBytesAsync(body, load.Frame(), cancellationToken);
                var turns = await MeasureAsync(servers, load, body, done => progress.Report(
                    Stage, (number * (Rounds + 1)) + done, GrpcLoad.All.Count * (Rounds + 1)), cancellationToken);
                loads[load.Name] = GrpcFigures.Of(peers, turns);
            }

            return new GrpcReport(
                Environment.ProcessorCount, Rounds, H2Load.Shape, Pinning.Of(Pinning.Load).Count > 0, loads, missing);
        }
        finally
        {
            foreach (var server in servers)
                await server.DisposeAsync();
            folder.Delete(recursive: true);
        }
    }

    /// <returns>Of each server, in order, its turns.</returns>
    private static async Task<List<GrpcTurn>[]> MeasureAsync(
        List<PeerServer> servers, GrpcLoad load, string body, Action<int> onRound,
        CancellationToken cancellationToken)
    {
        var counts = new int[servers.Count];
        var turns = servers.Select(_ => new List<GrpcTurn>()).ToArray();
        foreach (var (place, server) in servers.Index())
        {
            await server.CheckAsync(load, cancellationToken);
            var first = await H2Load.RunAsync(server.Port, load, body, FirstCalls, cancellationToken);
            var warm = await H2Load.RunAsync(
                server.Port, load, body, (int)Math.Max(FirstCalls, first * WarmUpSeconds), cancellationToken);
            counts[place] = (int)Math.Max(FirstCalls, warm * SecondsPerRound);
        }

        onRound(1);
        for (var round = 1; round <= Rounds; round++)
        {
            foreach (var (place, server) in servers.Index())
            {
                var before = server.CpuMs;
                var perSecond = await H2Load.RunAsync(server.Port, load, body, counts[place], cancellationToken);
                turns[place].Add(new GrpcTurn(perSecond, (server.CpuMs - before) * 1_000 / counts[place]));
            }

            onRound(round + 1);
        }

        return turns;
    }
}
