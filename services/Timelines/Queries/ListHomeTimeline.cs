using DaprSocial.Timelines.Storage;

namespace DaprSocial.Timelines.Queries;

internal sealed record ListHomeTimeline(UserId User, TimelineQuery Query);

internal sealed class ListHomeTimelineHandler(TimelineStore timelines, TimelineReader reader)
{
    public Task<TimelinePage> HandleAsync(ListHomeTimeline query, CancellationToken cancellationToken) =>
        reader.ReadAsync(
            query.Query,
            (before, limit, token) => timelines.ComposeHomeAsync(query.User, before, limit, token),
            cancellationToken);
}
