using DaprSocial.Consistency;
using DaprSocial.Paging;
using DaprSocial.Projections;
using DaprSocial.Timelines.V1;
using Google.Protobuf.WellKnownTypes;

namespace DaprSocial.Timelines.Queries;

/// <summary>What both timelines are asked with.</summary>
/// <param name="Viewer">Who reads; null for nobody.</param>
/// <param name="Page">Which page.</param>
/// <param name="View">How much of each entry.</param>
/// <param name="RequestToken">State that the caller wants covered, by the services behind this one too.</param>
/// <param name="MaxWait">How long those may wait for it.</param>
/// <param name="ReadToken">State that this service reads.</param>
/// <param name="Own">The viewer's own events that have to be merged.</param>
internal sealed record TimelineQuery(
    UserId? Viewer, PageRequest Page, View View, ConsistencyToken RequestToken, Duration? MaxWait,
    ConsistencyToken ReadToken, IReadOnlyList<EventEnvelope> Own);
