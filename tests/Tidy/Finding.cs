namespace DaprSocial.Tidy.Tests;

/// <summary>A place that breaks a rule, and what to do instead.</summary>
internal sealed record Finding(string Path, int Line, string Message)
{
    public override string ToString() => $"{Path}:{Line}: {Message}";
}
