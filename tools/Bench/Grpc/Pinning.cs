using System.Globalization;

namespace DaprSocial.Bench.Grpc;

/// <summary>The server has a processor of its own, and so has the load, where there are two.</summary>
internal static class Pinning
{
    public const int Server = 0;
    public const int Load = 1;

    /// <summary>What stands before the command of a program to keep it on a processor.</summary>
    public static IReadOnlyList<string> Of(int processor) => Environment.ProcessorCount < 2
        ? []
        : ["taskset", "--cpu-list", processor.ToString(CultureInfo.InvariantCulture)];
}
