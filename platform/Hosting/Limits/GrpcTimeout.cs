using System.Globalization;

namespace DaprSocial.Hosting.Limits;

/// <summary>
/// The header <c>grpc-timeout</c>: one to eight digits and a unit (gRPC over HTTP/2, requests). Pure.
/// </summary>
internal static class GrpcTimeout
{
    public const string Header = "grpc-timeout";

    private const int DigitsMax = 8;

    /// <returns>Null when the text is none.</returns>
    public static TimeSpan? Parse(string text)
    {
        if (text.Length is < 2 or > DigitsMax + 1)
            return null;
        var digits = text.AsSpan(0, text.Length - 1);
        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var n))
            return null;
        return text[^1] switch
        {
            'H' => TimeSpan.FromHours(n),
            'M' => TimeSpan.FromMinutes(n),
            'S' => TimeSpan.FromSeconds(n),
            'm' => TimeSpan.FromMilliseconds(n),
            'u' => TimeSpan.FromMicroseconds(n),
            // A tick has 100 of them. Less than one is none: the server would take it for no deadline at all.
            'n' => TimeSpan.FromTicks(n / 100),
            _ => null,
        };
    }

    /// <summary>A time in whole milliseconds.</summary>
    public static string Format(int milliseconds) => string.Create(CultureInfo.InvariantCulture, $"{milliseconds}m");
}
