namespace DaprSocial.Bench;

/// <summary>What was measured of one way to read a log.</summary>
/// <param name="MegabytesPerSecond">Of protobuf, median.</param>
public sealed record ReplayFigures(string Name, Spread PerSecond, double MegabytesPerSecond);
