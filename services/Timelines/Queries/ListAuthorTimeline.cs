using DaprSocial.Timelines.Storage;

namespace DaprSocial.Timelines.Queries;

internal sealed record ListAuthorTimeline(UserId Author, TimelineQuery Query);

internal sealed class ListAuthorTimelineHandler(TimelineStore timelines, TimelineReader reader)
{
    public Task<TimelinePage> HandleAsync(ListAuthorTimeline query, CancellationToken cancellationToken) =>
        reader.ReadAsync(
            query.Query,
            (before, limit, token) => timelines.ReadAuthorAsync(query.Author, query.Query.Viewer, before, limit, token),
            cancellationToken);
}
