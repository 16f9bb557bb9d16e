using DaprSocial.Graph.V1;
using DaprSocial.Load.Driving;
using DaprSocial.Timelines.V1;

namespace DaprSocial.Faults.Driving;

/// <summary>
/// Over and over: one follows an author, the author blocks and unblocks the one, who follows again; another client of
/// the one tries to follow meanwhile. The events of the two have no order of their own: whoever reads with both tokens
/// reads what the last command said, in Graph and in the timelines.
/// </summary>
internal sealed class BlockedReader(ScenarioClient client, TokenReader reader, string name)
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(100);

    private Guid _author;
    private Guid _one;
    private (string Id, string Token) _post;
    private int _round;

    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        _author = await client.CreateUserAsync($"{name}_star", cancellationToken);
        _one = await client.CreateUserAsync($"{name}_fan", cancellationToken);
        _post = await client.PostAsync(_author, "for everybody but one", cancellationToken);
    }

    public async Task RunRoundAsync(CancellationToken cancellationToken)
    {
        _round++;
        var before = await client.FollowAsync(_one, _author, cancellationToken, changes: false);
        var hasty = client.TryFollowAsync(_one, _author, cancellationToken);
        var blocked = await client.BlockAsync(_author, _one, cancellationToken);
        // A read with both tokens waits until the events of both are applied; without one they are under way together.
        if (_round % 2 == 0)
            await CheckApartAsync(TokenReader.Merge(before, blocked), cancellationToken);

        // Only now: a following that came before the block ended with it, one that came after was refused.
        await hasty;
        var unblocked = await client.UnblockAsync(_author, _one, cancellationToken);
        var again = await client.FollowAsync(_one, _author, cancellationToken);
        var together = TokenReader.Merge(TokenReader.Merge(unblocked, again), _post.Token);
        await CheckRelationAsync(
            together, answer => AnswerOracle.Relationship(answer, (true, false)), cancellationToken);
        await CheckAuthorAsync(together, AnswerOracle.Seen, cancellationToken);
        await CheckHomeAsync(together, AnswerOracle.Seen, cancellationToken);
        await Task.Delay(_pause, cancellationToken);
    }

    private async Task CheckApartAsync(string token, CancellationToken cancellationToken)
    {
        await CheckRelationAsync(token, AnswerOracle.Blocked, cancellationToken);
        await CheckAuthorAsync(token, AnswerOracle.Unseen, cancellationToken);
        await CheckHomeAsync(token, AnswerOracle.Unseen, cancellationToken);
    }

    private Task<bool> CheckRelationAsync(
        string token, Func<BatchGetRelationshipsResponse, string> judge, CancellationToken cancellationToken)
    {
        var request = new BatchGetRelationshipsRequest
        {
            UserId = $"{_one}", OtherUserIds = { $"{_author}" }, ConsistencyToken = token,
        };
        return reader.ReadAsync(
            What, AppIds.Graph, _one, token, options => reader.Mesh.Graph.BatchGetRelationshipsAsync(request, options),
            answer => answer.Freshness, judge, cancellationToken);
    }

    private Task<bool> CheckHomeAsync(
        string token, Func<ListHomeTimelineResponse, string, string> judge, CancellationToken cancellationToken)
    {
        var request = new ListHomeTimelineRequest
        {
            View = _round % 4 < 2 ? View.Ids : View.Full, ConsistencyToken = token,
        };
        return reader.ReadAsync(
            What, AppIds.Timelines, _one, token,
            options => reader.Mesh.Timelines.ListHomeTimelineAsync(request, options), answer => answer.Freshness,
            answer => judge(answer, _post.Id), cancellationToken);
    }

    private Task<bool> CheckAuthorAsync(
        string token, Func<ListAuthorTimelineResponse, string, string> judge, CancellationToken cancellationToken)
    {
        var request = new ListAuthorTimelineRequest
        {
            AuthorId = $"{_author}", View = _round % 4 < 2 ? View.Full : View.Ids, ConsistencyToken = token,
        };
        return reader.ReadAsync(
            What, AppIds.Timelines, _one, token,
            options => reader.Mesh.Timelines.ListAuthorTimelineAsync(request, options), answer => answer.Freshness,
            answer => judge(answer, _post.Id), cancellationToken);
    }

    private string What => $"block of {_one} by {_author}, round {_round}";
}
