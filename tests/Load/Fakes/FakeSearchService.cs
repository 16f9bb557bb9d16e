using DaprSocial.Consistency.V1;
using DaprSocial.Search.V1;
using Grpc.Core;

namespace DaprSocial.Load.Tests.Fakes;

internal sealed class FakeSearchService(FakeSocial social) : SearchService.SearchServiceBase
{
    public override Task<SearchPostsResponse> SearchPosts(SearchPostsRequest request, ServerCallContext context)
    {
        var actor = Guid.TryParse(context.RequestHeaders.GetValue("daprsocial-actor"), out var id) ? id : Guid.Empty;
        var parts = request.Query.Split(" from:");
        lock (social.Lock)
        {
            var authors = social.Users.Values.Where(user => parts.Length == 1 || user.Handle == parts[1])
                .ToDictionary(user => Guid.Parse(user.Id));
            var posts = social.Posts.Values
                .Where(post => authors.ContainsKey(post.AuthorId)
                    && post.Post.Text.Contains(parts[0], StringComparison.OrdinalIgnoreCase))
                .Where(post => social.CanSee(actor, post)
                    || (social.Fault == Fault.SearchFindsDeleted && post.Deleted)
                    || (social.Fault == Fault.SearchLeaksFollowersOnly && !post.Deleted))
                .OrderByDescending(post => post.Id)
                .Where((_, place) => place > 0 || social.Fault != Fault.SearchLeavesOneOut)
                .ToArray();
            var (items, next) = FakePaging.Cut(
                posts, request.PageSize == 0 ? 20 : request.PageSize, 100, request.PageToken);
            return Task.FromResult(new SearchPostsResponse
            {
                Hits =
                {
                    items.Select(post => new PostHit
                    {
                        Post = social.View(post, actor), Author = authors[post.AuthorId],
                    }),
                },
                NextPageToken = next,
                Complete = true,
                Freshness = FakeSocial.Fresh(),
            });
        }
    }

    public override Task<SearchUsersResponse> SearchUsers(SearchUsersRequest request, ServerCallContext context) =>
        Task.FromResult(new SearchUsersResponse { Freshness = new Freshness { Satisfied = true } });
}
