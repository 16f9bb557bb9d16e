using DaprSocial.Load;

namespace DaprSocial.Bench;

/// <summary>For stages inside a turn, which are too short to be told of.</summary>
internal sealed class Silent : IDemoProgress
{
    public static readonly Silent Instance = new();

    public void Report(string stage, long done, long total)
    {
    }
}
