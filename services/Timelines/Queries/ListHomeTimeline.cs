using DaprSocial.Timelines.Storage;

namespace DaprSocial.Timelines.Queries;

internal sealed record ListHomeTimeline(UserId User, TimelineQuery Query);

internal sealed class ListHomeTimelineHandler(TimelineStore timelines, OwnPostReader own, TimelineReader reader)
{
    public async Task<TimelinePage> HandleAsync(ListHomeTimeline query, CancellationToken cancellationToken) =>
        await reader.ReadAsync(
            query.Query,
            await own.OverAsync(
                query.Query, inHome: true,
                (before, limit, token) => timelines.ComposeHomeAsync(query.User, before, limit, token),
                cancellationToken),
            cancellationToken);
}
