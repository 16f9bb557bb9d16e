using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using DaprSocial.EchoServer.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace DaprSocial.Bench.Grpc;

/// <summary>A running server of a peer.</summary>
internal sealed class PeerServer : IAsyncDisposable
{
    private static readonly TimeSpan _startPatience = TimeSpan.FromSeconds(30);

    private readonly Process _process;

    private PeerServer(GrpcPeer peer, Process process, int port) => (Peer, _process, Port) = (peer, process, port);

    public GrpcPeer Peer { get; }

    public int Port { get; }

    /// <summary>CPU time of the process until now.</summary>
    public double CpuMs => (ProcessTimes.TryRead(_process.Id)
        ?? throw new BenchException($"{Peer.Name} has ended.")).OwnTicks * ProcessTimes.MicrosecondsPerTick / 1_000;

    /// <exception cref="BenchException">It does not start.</exception>
    public static async Task<PeerServer> StartAsync(GrpcPeer peer, CancellationToken cancellationToken)
    {
        var port = FindPort();
        var command = Pinning.Of(Pinning.Server).Concat(peer.Command(port)).ToList();
        var process = Process.Start(new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
        }) ?? throw new BenchException($"{command[0]} does not start.");
        var server = new PeerServer(peer, process, port);
        try
        {
            var line = await process.StandardOutput.ReadLineAsync(cancellationToken).AsTask()
                .WaitAsync(_startPatience, cancellationToken);
            return line == "ready"
                ? server
                : throw new BenchException($"{peer.Name} does not start; run: {string.Join(' ', command)}");
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Calls it once by a client that looks at the answer.</summary>
    /// <exception cref="BenchException">The answer is not what it should be: its speed would mean nothing.</exception>
    public async Task CheckAsync(GrpcLoad load, CancellationToken cancellationToken)
    {
        using var channel = GrpcChannel.ForAddress(
            string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}"));
        var client = new Echo.EchoClient(channel);
        var headers = new Metadata();
        foreach (var (name, value) in H2Load.HeadersOf(load))
            headers.Add(name, value);
        var deadline = TimeProvider.System.GetUtcNow().UtcDateTime + _startPatience;
        var options = new CallOptions(headers, deadline, cancellationToken);
        var sizes = new List<int>();
        if (load.Method == "Say")
        {
            sizes.Add((await client.SayAsync(load.Request, options)).Body.Length);
        }
        else
        {
            using var call = client.Repeat(load.Request, options);
            await foreach (var reply in call.ResponseStream.ReadAllAsync(cancellationToken))
                sizes.Add(reply.Body.Length);
        }

        if (sizes.Count != load.ReplyCount || sizes.Any(size => size != load.ReplySize))
            throw new BenchException($"{Peer.Name} answers {load.Name} with {sizes.Count} messages of other sizes.");
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var patience = new CancellationTokenSource(_startPatience);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private static int FindPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
