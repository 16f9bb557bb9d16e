using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace DaprSocial.Bench.Grpc;

/// <summary>nghttp2's load generator.</summary>
internal static partial class H2Load
{
    private const int Connections = 4;
    private const int StreamsPerConnection = 25;

    /// <summary>How the load is put on, for the report.</summary>
    public static string Shape { get; } = string.Create(
        CultureInfo.InvariantCulture, $"h2load, {Connections} connections of {StreamsPerConnection} streams");

    /// <summary>What a server is told that does not read the message.</summary>
    public static IEnumerable<(string Name, string Value)> HeadersOf(GrpcLoad load) =>
    [
        ("x-reply", load.ReplySize.ToString(CultureInfo.InvariantCulture)),
        ("x-count", load.ReplyCount.ToString(CultureInfo.InvariantCulture)),
    ];

    /// <summary>Makes so many calls.</summary>
    /// <returns>Calls a second.</returns>
    /// <exception cref="BenchException">Some failed.</exception>
    public static async Task<double> RunAsync(
        int port, GrpcLoad load, string bodyFile, int count, CancellationToken cancellationToken)
    {
        List<string> command =
        [
            .. Pinning.Of(Pinning.Load), "h2load", "--threads=1",
            Text($"--clients={Connections}"), Text($"--max-concurrent-streams={StreamsPerConnection}"),
            Text($"--requests={count}"), $"--data={bodyFile}", "--header=content-type: application/grpc",
            "--header=te: trailers", .. HeadersOf(load).Select(header => $"--header={header.Name}: {header.Value}"),
            Text($"http://127.0.0.1:{port}{load.Path}"),
        ];
        using var process = Process.Start(new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardOutput = true,
        }) ?? throw new BenchException("h2load does not start.");
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return Parse(output, count);
    }

    /// <summary>Calls a second, of what h2load prints.</summary>
    /// <exception cref="BenchException">Some failed, or it is none of its output.</exception>
    internal static double Parse(string output, int count)
    {
        var finished = Finished().Match(output);
        var succeeded = Succeeded().Match(output);
        if (!finished.Success || !succeeded.Success)
            throw new BenchException($"h2load says something else than it should:\n{output}");
        if (int.Parse(succeeded.Groups[1].ValueSpan, CultureInfo.InvariantCulture) != count)
            throw new BenchException($"Of {count} calls, {succeeded.Groups[1].Value} succeeded.");
        return double.Parse(finished.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"finished in [^,]+, ([0-9.]+) req/s")]
    private static partial Regex Finished();

    [GeneratedRegex(@"requests: .* (\d+) succeeded")]
    private static partial Regex Succeeded();
}
