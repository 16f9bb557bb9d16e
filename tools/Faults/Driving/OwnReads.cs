using DaprSocial.Graph.V1;
using DaprSocial.Load.Driving;
using DaprSocial.Load.Planning;
using DaprSocial.Posts.V1;
using DaprSocial.Timelines.V1;

namespace DaprSocial.Faults.Driving;

/// <summary>Reads, right after a command, what it wrote, with the actor's token.</summary>
internal sealed class OwnReads(TokenReader reader, TokenBook tokens, RunLedger ledger, AuthorRecords records)
{
    private const int PageSize = 20;

    public Task CheckAsync(DemoAction action, CancellationToken cancellationToken)
    {
        var actor = ledger.UserId(action.Actor);
        var token = tokens.TokenOf(actor);
        var what = $"{action.Kind} by {actor} (request {action.RequestId})";
        return action.Kind switch
        {
            ActionKind.Follow => CheckFollowAsync(what, actor, action, true, token, cancellationToken),
            ActionKind.Unfollow => CheckFollowAsync(what, actor, action, false, token, cancellationToken),
            ActionKind.LikePost => CheckLikeAsync(what, actor, action, true, token, cancellationToken),
            ActionKind.UnlikePost => CheckLikeAsync(what, actor, action, false, token, cancellationToken),
            ActionKind.CreatePost or ActionKind.DeletePost =>
                CheckAuthorAsync(what, actor, actor, action.Index % 2 == 0 ? View.Ids : View.Full, cancellationToken),
            _ => Task.CompletedTask,
        };
    }

    /// <summary>Somebody reads an author's timeline with the author's token.</summary>
    public Task CheckAuthorAsync(
        string what, Guid author, Guid viewer, View view, CancellationToken cancellationToken)
    {
        // In this order: the token covers at least what is known.
        var known = records.Of(author);
        var token = tokens.TokenOf(author);
        var request = new ListAuthorTimelineRequest
        {
            AuthorId = $"{author}", PageSize = PageSize, View = view, ConsistencyToken = token,
        };
        return reader.ReadAsync(
            $"{what}; timeline of {author} as {viewer}", AppIds.Timelines, viewer, token,
            options => reader.Mesh.Timelines.ListAuthorTimelineAsync(request, options), answer => answer.Freshness,
            answer => Judge(known, answer, author == viewer), cancellationToken);
    }

    private static string Judge(
        IReadOnlyList<(PostRecord Post, bool WasDeleted)> known, ListAuthorTimelineResponse answer, bool seesAll)
    {
        // A page that says that it leaves something out is as good as one that says that it is behind.
        if (!answer.Complete)
            return "";
        var page = answer.Entries.Select(entry => Guid.Parse(entry.PostId)).ToList();
        return TimelineOracle.Judge(known, page, answer.NextPageToken.Length == 0, seesAll);
    }

    private Task<bool> CheckFollowAsync(
        string what, Guid actor, DemoAction action, bool follows, string token, CancellationToken cancellationToken)
    {
        var request = new BatchGetRelationshipsRequest
        {
            UserId = $"{actor}", OtherUserIds = { $"{ledger.UserId(action.Target)}" }, ConsistencyToken = token,
        };
        return reader.ReadAsync(
            what, AppIds.Graph, actor, token,
            options => reader.Mesh.Graph.BatchGetRelationshipsAsync(request, options), answer => answer.Freshness,
            answer => AnswerOracle.Following(answer, follows), cancellationToken);
    }

    private Task<bool> CheckLikeAsync(
        string what, Guid actor, DemoAction action, bool likes, string token, CancellationToken cancellationToken)
    {
        var request = new GetPostRequest { PostId = $"{ledger.PostId(action.Target)}", ConsistencyToken = token };
        return reader.ReadAsync(
            what, AppIds.Posts, actor, token, options => reader.Mesh.Posts.GetPostAsync(request, options),
            answer => answer.Freshness,
            answer => AnswerOracle.Liked(answer, likes), cancellationToken);
    }
}
