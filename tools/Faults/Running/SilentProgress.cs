using DaprSocial.Load;

namespace DaprSocial.Faults.Running;

/// <summary>Says nothing: the history says what there is to say.</summary>
internal sealed class SilentProgress : IDemoProgress
{
    public static SilentProgress Instance { get; } = new();

    public void Report(string stage, long done, long total)
    {
        // Nothing, as its name says.
    }
}
