using DaprSocial.Projections.V1;

namespace DaprSocial.Ctl.Operations;

/// <summary>What became of a rebuild.</summary>
/// <param name="Service">Whose projection.</param>
/// <param name="Version">The version that was built.</param>
/// <param name="EventCount">How many events of the logs it is made of.</param>
/// <param name="Elapsed">Until it was compared.</param>
/// <param name="Comparison">With the version that answered meanwhile.</param>
/// <param name="HasFlipped">True when it answers now.</param>
internal sealed record RebuildOutcome(
    string Service, int Version, long EventCount, TimeSpan Elapsed, ProjectionComparison Comparison, bool HasFlipped);
