namespace DaprSocial.Bench.Grpc;

/// <summary>How one server did with one kind of call.</summary>
/// <param name="PerSecond">Calls a second.</param>
/// <param name="Ratio">Its median to that of the first server.</param>
/// <param name="CpuMsPerThousand">CPU time of the server for 1,000 calls, in milliseconds.</param>
public sealed record GrpcFigures(string Peer, Spread PerSecond, double Ratio, Spread CpuMsPerThousand);
