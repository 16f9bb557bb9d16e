using DaprSocial.Faults.Running;
using DaprSocial.Load.Driving;
using DaprSocial.Posts.V1;
using DaprSocial.Timelines.V1;

namespace DaprSocial.Faults.Driving;

/// <summary>
/// Over and over: one follows, the author posts to followers, the one leaves, the author posts again after that. The
/// one sees the first post and never the second.
/// </summary>
internal sealed class RemovedFollower(
    ScenarioClient client, TokenReader reader, FaultHistory history, Gate gate, string name)
{
    private const int LooksMax = 8;
    private const int SeenLooksMax = 40;
    private static readonly TimeSpan _betweenLooks = TimeSpan.FromMilliseconds(250);

    private Guid _author;
    private Guid _follower;
    private int _round;

    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        _author = await client.CreateUserAsync($"{name}_author", cancellationToken);
        _follower = await client.CreateUserAsync($"{name}_left", cancellationToken);
    }

    public async Task RunRoundAsync(CancellationToken cancellationToken)
    {
        _round++;
        var joined = await client.FollowAsync(_follower, _author, cancellationToken);
        var first = await client.PostToFollowersAsync(_author, $"first {_round}", joined, cancellationToken);
        // Only who was seen to follow can be seen too late to have left.
        for (var look = 0; look < SeenLooksMax && !gate.IsShut; look++)
        {
            if (await CheckSeenAsync(first.Id, TokenReader.Merge(joined, first.Token), cancellationToken))
                break;
            await Task.Delay(_betweenLooks, cancellationToken);
        }

        var left = await client.UnfollowAsync(_follower, _author, cancellationToken);
        var second = await client.PostToFollowersAsync(_author, $"second {_round}", left, cancellationToken);
        for (var look = 0; look < LooksMax && !gate.IsShut; look++)
        {
            var token = look % 2 == 0 ? "" : TokenReader.Merge(left, second.Token);
            await CheckUnseenAsync(second.Id, token, cancellationToken);
            await Task.Delay(_betweenLooks, cancellationToken);
        }
    }

    private Task<bool> CheckSeenAsync(string post, string token, CancellationToken cancellationToken)
    {
        var request = new ListAuthorTimelineRequest
        {
            AuthorId = $"{_author}", PageSize = 10, View = View.Full, ConsistencyToken = token,
        };
        return reader.ReadAsync(
            $"post {post} to followers, read by {_follower}", AppIds.Timelines, _follower, token,
            options => reader.Mesh.Timelines.ListAuthorTimelineAsync(request, options), answer => answer.Freshness,
            answer => AnswerOracle.Seen(answer, post), cancellationToken);
    }

    private async Task CheckUnseenAsync(string post, string token, CancellationToken cancellationToken)
    {
        var what = $"post {post} of {_author} after {_follower} left, token \"{token}\"";
        var byId = new GetPostRequest { PostId = post, ConsistencyToken = token };
        var found = reader.AskAsync(
            what, AppIds.Posts, _follower, o => reader.Mesh.Posts.GetPostAsync(byId, o), cancellationToken,
            notFoundIsWrong: false);
        var byAuthor = new ListAuthorTimelineRequest
        {
            AuthorId = $"{_author}", PageSize = 10, View = _round % 2 == 0 ? View.Full : View.Ids,
            ConsistencyToken = token,
        };
        var page = reader.AskAsync(
            what, AppIds.Timelines, _follower, o => reader.Mesh.Timelines.ListAuthorTimelineAsync(byAuthor, o),
            cancellationToken);
        // Both at once, and both soon after the command: what is wrong may be so for moments only.
        foreach (var wrong in new[] { AnswerOracle.Unseen(await found), AnswerOracle.Unseen(await page, post) })
        {
            if (wrong.Length > 0)
                history.Violated("a removed follower sees nothing new", $"{what}: {wrong}");
        }
    }
}
