using System.Globalization;
using DaprSocial.Testing;
using DaprSocial.Testing.Peers;

namespace DaprSocial.Conformance.Interop;

/// <summary>A server in another language: it says which cases it lacks, then the port that it listens on.</summary>
internal sealed class ForeignServer : IAsyncDisposable
{
    private const string Listening = "listening ";

    private readonly PeerProcess _process;
    private readonly Uri _address;
    private readonly PeerLines _absent;

    private ForeignServer(PeerProcess process, Uri address, IReadOnlyList<string> absent) =>
        (_process, _address, _absent) = (process, address, new PeerLines(absent));

    public static async Task<ForeignServer> StartAsync(string folder, params IReadOnlyList<string> command)
    {
        var process = PeerProcess.Start(folder, command);
        try
        {
            var absent = new List<string>();
            while (true)
            {
                var line = await process.ReadLineAsync().InTimeAsync();
                if (line.StartsWith(Listening, StringComparison.Ordinal))
                {
                    var port = int.Parse(line[Listening.Length..], CultureInfo.InvariantCulture);
                    return new ForeignServer(process, new Uri($"http://127.0.0.1:{port}"), absent);
                }

                absent.Add(line);
            }
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public async Task RunCaseAsync(string name, string outcome)
    {
        if (outcome != "ok")
        {
            _absent.AssertCase(name, outcome);
            return;
        }

        using var client = new InteropClient(_address);
        await InteropCases.RunAsync(name, client);
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
