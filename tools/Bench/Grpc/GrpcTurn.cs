namespace DaprSocial.Bench.Grpc;

/// <summary>One server's turn in one round.</summary>
internal readonly record struct GrpcTurn(double PerSecond, double CpuMsPerThousand);
