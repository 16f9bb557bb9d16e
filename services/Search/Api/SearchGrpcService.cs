using DaprSocial.Consistency;
using DaprSocial.Hosting;
using DaprSocial.Paging;
using DaprSocial.Projections;
using DaprSocial.Search.Language;
using DaprSocial.Search.Queries;
using DaprSocial.Search.V1;
using DaprSocial.Tokens.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace DaprSocial.Search.Api;

internal sealed class SearchGrpcService(
    SearchPostsHandler searchPosts, SearchUsersHandler searchUsers, FreshnessGate gate, ICaller caller)
    : SearchService.SearchServiceBase
{
    private const int PageSizeDefault = 20;
    private const int PageSizeMax = 100;

    public override async Task<SearchPostsResponse> SearchPosts(SearchPostsRequest request, ServerCallContext context)
    {
        var (viewer, isTop) = (caller.FindActor(context), SearchMapping.IsTop(request.Order));
        var size = RequestFields.PageSize(request.PageSize, PageSizeDefault, PageSizeMax);
        var listing = $"search-posts:{isTop}:{viewer}:{request.Query}";
        var cursor = PageToken.DecodeCursor<PostSearchCursor>(request.PageToken, listing)?.ToCursor(isTop);
        var expression = QueryParser.Parse(request.Query);
        var (read, call) = await BeginAsync(viewer, request.ConsistencyToken, request.MaxWait, context);
        var page = await searchPosts.HandleAsync(
            new SearchPosts(expression, isTop, size, cursor, call), context.CancellationToken);
        return new SearchPostsResponse
        {
            Hits = { page.Hits.Select(hit => hit.ToProto()) },
            NextPageToken = page.Next is { } next ? PageToken.EncodeCursor(next.ToProto(), listing) : "",
            Corrections = { page.Corrections.ToProto() },
            Complete = page.IsComplete,
            ConsistencyToken = read.Token.ToString(),
            Freshness = read.Freshness.With(page.Behind),
        };
    }

    public override async Task<SearchUsersResponse> SearchUsers(SearchUsersRequest request, ServerCallContext context)
    {
        var viewer = caller.FindActor(context);
        var size = RequestFields.PageSize(request.PageSize, PageSizeDefault, PageSizeMax);
        var listing = $"search-users:{request.Typeahead}:{viewer}:{request.Query}";
        var search = request.ToSearch(size, PageToken.DecodeCursor<UserSearchCursor>(request.PageToken, listing));
        var (read, call) = await BeginAsync(viewer, request.ConsistencyToken, request.MaxWait, context);
        var page = await searchUsers.HandleAsync(new SearchUsers(search, call), context.CancellationToken);
        return new SearchUsersResponse
        {
            Hits = { page.Users.Select(user => new UserHit { User = user }) },
            NextPageToken = page.Next is { } next ? PageToken.EncodeCursor(next.ToProto(), listing) : "",
            ConsistencyToken = read.Token.ToString(),
            Freshness = read.Freshness,
        };
    }

    private async Task<(ReadState Read, SearchCall Call)> BeginAsync(
        UserId? viewer, string token, Duration? maxWait, ServerCallContext context)
    {
        var read = await gate.WaitAsync(token, maxWait, viewer?.Value, context);
        return (read, new SearchCall(viewer, ConsistencyToken.Parse(token), maxWait, read.Token));
    }
}
