using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace DaprSocial.Ctl.Faults;

/// <summary>Sends Redis one inline command, on a connection of its own.</summary>
internal static class RedisCommand
{
    /// <returns>The answer, if it is one line or one string; null for none.</returns>
    /// <exception cref="CtlException">Redis refuses it.</exception>
    public static async Task<string?> SendAsync(int port, string command, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream);
        await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes($"{command}\r\n"), cancellationToken);
        var line = await reader.ReadLineAsync(cancellationToken) ?? "-the connection was closed";
        return line[0] switch
        {
            '-' => throw new CtlException($"Redis refuses {command}: {line[1..]}", "See its log."),
            '$' => int.Parse(line.AsSpan(1), CultureInfo.InvariantCulture) < 0
                ? null
                : await reader.ReadLineAsync(cancellationToken),
            _ => line[1..],
        };
    }
}
