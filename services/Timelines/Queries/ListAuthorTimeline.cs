using DaprSocial.Timelines.Storage;

namespace DaprSocial.Timelines.Queries;

internal sealed record ListAuthorTimeline(UserId Author, TimelineQuery Query);

internal sealed class ListAuthorTimelineHandler(TimelineStore timelines, OwnPostReader own, TimelineReader reader)
{
    public async Task<TimelinePage> HandleAsync(ListAuthorTimeline query, CancellationToken cancellationToken) =>
        await reader.ReadAsync(
            query.Query,
            await own.OverAsync(
                query.Query, inHome: false,
                (before, limit, token) =>
                    timelines.ReadAuthorAsync(query.Author, query.Query.Viewer, before, limit, token),
                cancellationToken),
            cancellationToken);
}
