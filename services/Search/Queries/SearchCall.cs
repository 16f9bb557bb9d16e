using DaprSocial.Consistency;
using Google.Protobuf.WellKnownTypes;

namespace DaprSocial.Search.Queries;

/// <summary>On whose behalf a search runs, and how fresh it has to be.</summary>
/// <param name="Viewer">Who searches; null for nobody.</param>
/// <param name="RequestToken">State that the caller wants covered, by the services behind this one too.</param>
/// <param name="MaxWait">How long those may wait for it.</param>
/// <param name="ReadToken">State that this service reads.</param>
internal sealed record SearchCall(
    UserId? Viewer, ConsistencyToken RequestToken, Duration? MaxWait, ConsistencyToken ReadToken);
