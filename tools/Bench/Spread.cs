using System.Globalization;

namespace DaprSocial.Bench;

/// <summary>One figure over several rounds.</summary>
public sealed record Spread(double Median, double Min, double Max)
{
    /// <summary>Median, least and greatest, for example "50 (40–60)".</summary>
    /// <param name="format">Of each number, as .NET's standard formats.</param>
    internal string ToText(string format)
    {
        return $"{Text(Median)} ({Text(Min)}–{Text(Max)})";

        string Text(double value) => value.ToString(format, CultureInfo.InvariantCulture);
    }

    internal static Spread Of(IReadOnlyList<double> values)
    {
        ArgumentOutOfRangeException.ThrowIfZero(values.Count);
        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        var median = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[^1]);
    }
}
