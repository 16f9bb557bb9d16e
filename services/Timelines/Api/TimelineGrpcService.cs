using DaprSocial.Consistency;
using DaprSocial.Errors;
using DaprSocial.Events;
using DaprSocial.Hosting;
using DaprSocial.Paging;
using DaprSocial.Projections;
using DaprSocial.Timelines.Queries;
using DaprSocial.Timelines.V1;
using DaprSocial.Users.V1;
using Grpc.Core;

namespace DaprSocial.Timelines.Api;

internal sealed class TimelineGrpcService(
    ListHomeTimelineHandler listHome, ListAuthorTimelineHandler listAuthor, FreshnessGate gate, ICaller caller)
    : TimelineService.TimelineServiceBase
{
    private const int PageSizeDefault = 50;
    private const int PageSizeMax = 100;

    public override async Task<ListHomeTimelineResponse> ListHomeTimeline(
        ListHomeTimelineRequest request, ServerCallContext context)
    {
        var user = caller.RequireActor(context);
        var page = Page(request.PageSize, request.PageToken, $"home:{user}");
        var read = await gate.WaitAsync(
            request.ConsistencyToken, request.MaxWait, user.Value, Topics.Posts, context);
        var query = new TimelineQuery(
            user, page, ViewOf(request.View), ConsistencyToken.Parse(request.ConsistencyToken), request.MaxWait,
            read.Token, read.Own);
        var answer = await listHome.HandleAsync(new ListHomeTimeline(user, query), context.CancellationToken);
        return new ListHomeTimelineResponse
        {
            Entries = { answer.Entries },
            NextPageToken = answer.NextPageToken,
            Complete = answer.IsComplete,
            ConsistencyToken = read.Token.ToString(),
            Freshness = read.Freshness.With(answer.Behind),
        };
    }

    public override async Task<ListAuthorTimelineResponse> ListAuthorTimeline(
        ListAuthorTimelineRequest request, ServerCallContext context)
    {
        var author = RequestFields.Id<User>(request.AuthorId, "author_id");
        var viewer = caller.FindActor(context);
        var page = Page(request.PageSize, request.PageToken, $"author:{author}:{viewer}");
        // In the timeline of another, nothing of the viewer's own can be missing.
        var read = await gate.WaitAsync(
            request.ConsistencyToken, request.MaxWait, viewer?.Value, viewer == author ? Topics.Posts : null, context);
        var query = new TimelineQuery(
            viewer, page, ViewOf(request.View), ConsistencyToken.Parse(request.ConsistencyToken), request.MaxWait,
            read.Token, read.Own);
        var answer = await listAuthor.HandleAsync(new ListAuthorTimeline(author, query), context.CancellationToken);
        return new ListAuthorTimelineResponse
        {
            Entries = { answer.Entries },
            NextPageToken = answer.NextPageToken,
            Complete = answer.IsComplete,
            ConsistencyToken = read.Token.ToString(),
            Freshness = read.Freshness.With(answer.Behind),
        };
    }

    private static PageRequest Page(int pageSize, string pageToken, string query) =>
        PageRequest.Parse(pageSize, pageToken, PageSizeDefault, PageSizeMax, query);

    private static View ViewOf(View view) => view switch
    {
        View.Unspecified or View.Full => View.Full,
        View.Ids => View.Ids,
        _ => throw Refusals.InvalidField("view", "not a view that this version knows."),
    };
}
