namespace DaprSocial.Bench.Grpc;

/// <summary>A server to be measured.</summary>
/// <param name="Name">As the report calls it.</param>
/// <param name="Command">
/// Starts it on a port of loopback; it prints "ready" when it listens, and ends with its standard input.
/// </param>
public sealed record GrpcPeer(string Name, Func<int, IReadOnlyList<string>> Command);
