using DaprSocial.Load.Driving;

namespace DaprSocial.Load.Checking;

/// <summary>What every part of the check works with.</summary>
internal sealed record CheckContext(
    Mesh Mesh, SocialModel Model, DifferenceLog Differences, CheckTally Tally, long Seed)
{
    public static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(30);

    public ListingReader Listings { get; } = new(Differences, Tally);

    public PostComparer Posts { get; } = new(Model);
}
