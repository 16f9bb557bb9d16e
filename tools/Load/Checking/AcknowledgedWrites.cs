using DaprSocial.Load.Driving;
using DaprSocial.Load.Planning;

namespace DaprSocial.Load.Checking;

/// <summary>Checks that nothing acknowledged was lost and nothing was done twice. Pure.</summary>
internal sealed class AcknowledgedWrites(
    DemoPlan plan, RunLedger ledger, IReadOnlyDictionary<string, LoggedRequest> logged, SocialModel model)
{
    public IReadOnlyList<Difference> Check() => [.. plan.Actions.SelectMany(Check)];

    private IEnumerable<Difference> Check(DemoAction action)
    {
        var outcome = ledger.OutcomeOf(action.Index);
        var entry = logged.GetValueOrDefault(action.RequestId);
        if (entry is null && outcome.Changed)
        {
            yield return Lost(action, "an event with its request id", "none");
        }

        if (entry?.EventCount > 1)
        {
            yield return Differs(DifferenceKind.RepeatedWrite, action, "one event", $"{entry.EventCount}");
        }

        if (action.Kind == ActionKind.CreateUser && model.FindUser(outcome.EntityId) is null)
        {
            yield return Lost(action, $"user {outcome.EntityId}", "nothing");
        }

        if (action.Kind == ActionKind.CreatePost)
        {
            if (entry is not null && entry.EntityId != $"{outcome.EntityId}")
            {
                yield return Lost(action, $"post {entry.EntityId}", $"post {outcome.EntityId}");
            }

            if (!IsAsPlanned(action, model.FindPost(outcome.EntityId)))
            {
                yield return Lost(action, $"post {outcome.EntityId} as it was sent", "none, or another");
            }
        }

        if (action.Kind == ActionKind.DeletePost && model.FindPost(ledger.PostId(action.Target)) is { Deleted: false })
        {
            yield return Lost(action, "a deleted post", "one that is not");
        }
    }

    // Of a deleted post only its being there is known.
    private bool IsAsPlanned(DemoAction action, StoredPost? post)
    {
        if (post is null or { Deleted: true })
        {
            return post is not null;
        }

        var draft = action.Draft!;
        var parent = draft.ParentAction is { } parentAction ? ledger.PostId(parentAction) : (Guid?)null;
        return post.AuthorId == ledger.UserId(action.Actor)
            && post.Text == draft.Text.Text
            && post.ReplyTo == parent
            && post.FollowersOnly == draft.FollowersOnly;
    }

    private Difference Lost(DemoAction action, string expected, string actual) =>
        Differs(DifferenceKind.LostWrite, action, expected, actual);

    private Difference Differs(DifferenceKind kind, DemoAction action, string expected, string actual) =>
        new(kind, $"{action.Kind}", plan.Users[action.Actor].Handle, expected, actual, $"request {action.RequestId}");
}
