using DaprSocial.Load;

namespace DaprSocial.Faults.Running;

/// <summary>Says nothing: the history says what there is to say.</summary>
public sealed class SilentProgress : IDemoProgress
{
    /// <summary>The one there is.</summary>
    public static SilentProgress Instance { get; } = new();

    /// <inheritdoc/>
    public void Report(string stage, long done, long total)
    {
        // Nothing, as its name says.
    }
}
