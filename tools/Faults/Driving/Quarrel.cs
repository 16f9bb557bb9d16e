using DaprSocial.Graph.V1;
using DaprSocial.Load.Driving;

namespace DaprSocial.Faults.Driving;

/// <summary>
/// Two users follow, leave and follow each other again, both at once and one of them by two clients at once. Whoever
/// reads with both tokens reads how it ended; what the two clients leave is held against the stores after the phase.
/// </summary>
internal sealed class Quarrel(ScenarioClient client, TokenReader reader, string name)
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(300);

    private Guid _one;
    private Guid _other;
    private Guid _hasty;
    private int _round;

    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        _one = await client.CreateUserAsync($"{name}_one", cancellationToken);
        _other = await client.CreateUserAsync($"{name}_other", cancellationToken);
        _hasty = await client.CreateUserAsync($"{name}_hasty", cancellationToken);
    }

    public async Task RunRoundAsync(CancellationToken cancellationToken)
    {
        var follows = ++_round % 2 == 0;
        var tokens = await Task.WhenAll(
            ChangeMindAsync(_one, _other, follows, cancellationToken),
            ChangeMindAsync(_other, _one, !follows, cancellationToken),
            client.FollowAsync(_hasty, _one, cancellationToken, changes: false),
            client.UnfollowAsync(_hasty, _one, cancellationToken, changes: false));
        var token = TokenReader.Merge(tokens[0], tokens[1]);
        await CheckAsync(_one, _other, (follows, !follows), token, cancellationToken);
        await CheckAsync(_other, _one, (!follows, follows), token, cancellationToken);
        await Task.Delay(_pause, cancellationToken);
    }

    /// <summary>Follow, leave, follow; or the same until left.</summary>
    private async Task<string> ChangeMindAsync(
        Guid actor, Guid target, bool endsFollowing, CancellationToken cancellationToken)
    {
        // Nothing new to whom the last round left following.
        await client.FollowAsync(actor, target, cancellationToken, changes: false);
        var token = await client.UnfollowAsync(actor, target, cancellationToken);
        return endsFollowing ? await client.FollowAsync(actor, target, cancellationToken) : token;
    }

    private Task<bool> CheckAsync(
        Guid viewer, Guid seen, (bool Following, bool FollowedBy) wanted, string token,
        CancellationToken cancellationToken)
    {
        var request = new BatchGetRelationshipsRequest
        {
            UserId = $"{viewer}", OtherUserIds = { $"{seen}" }, ConsistencyToken = token,
        };
        return reader.ReadAsync(
            $"quarrel of {viewer} and {seen}, round {_round}", AppIds.Graph, viewer, token,
            options => reader.Mesh.Graph.BatchGetRelationshipsAsync(request, options), answer => answer.Freshness,
            answer => AnswerOracle.Relationship(answer, wanted), cancellationToken);
    }
}
