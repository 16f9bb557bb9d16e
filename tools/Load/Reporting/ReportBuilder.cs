using DaprSocial.Load.Checking;
using DaprSocial.Load.Driving;
using DaprSocial.Load.Input;
using DaprSocial.Load.Planning;

namespace DaprSocial.Load.Reporting;

/// <summary>Counts what a run did. Pure.</summary>
internal sealed class ReportBuilder(DemoPlan plan, PostTextSource texts, RunLedger ledger, CheckContext context)
{
    public DemoReport Build(
        long retryCount, SampleTimeline? home, SampleThread? thread, IReadOnlyList<SampleSearch> searches) => new()
    {
        Seed = context.Seed,
        Graph = plan.Graph.Name,
        Texts = texts.Name,
        Follows = CountFollows(),
        Activity = CountActivity(),
        Writes = CountWrites(retryCount),
        CommitToVisible = VisibilityFigures.From(ledger.VisibleAfter),
        Checked = CountChecks(),
        DifferenceCount = context.Differences.Count,
        Differences = context.Differences.Kept(),
        HomeTimeline = home,
        Thread = thread,
        Searches = searches,
    };

    // From the command store, not from the plan: other seeds may have ended follows too.
    private FollowFigures CountFollows()
    {
        var now = plan.FollowActions.Count(action =>
            context.Model.FolloweesOf(ledger.UserId(action.Actor)).Contains(ledger.UserId(action.Target)));
        return new(plan.FollowActions.Count, plan.FollowActions.Count - now, now);
    }

    private ActivityFigures CountActivity() => new(
        plan.Users.Count,
        Planned(ActionKind.CreatePost),
        plan.ActivityActions.Count(action => action.Draft?.ParentAction is not null),
        plan.ActivityActions.Count(action => action.Draft is { FollowersOnly: true }),
        Planned(ActionKind.DeletePost),
        Planned(ActionKind.LikePost),
        Planned(ActionKind.UnlikePost),
        Planned(ActionKind.Unfollow),
        texts.SkippedCount);

    private WriteFigures CountWrites(long retryCount)
    {
        var sent = ledger.Count((_, outcome) => outcome.Sent);
        var seconds = ledger.SendTime.TotalSeconds;
        return new(
            sent,
            New(_ => true),
            New(action => action.Kind == ActionKind.CreateUser),
            New(action => action.Kind == ActionKind.CreatePost),
            ledger.Count((_, outcome) => !outcome.Sent),
            retryCount,
            Math.Round(seconds, 3),
            seconds > 0 ? Math.Round(sent / seconds, 1) : 0,
            Math.Round(ledger.CatchUpTime.TotalSeconds, 3));
    }

    private CheckFigures CountChecks()
    {
        var tally = context.Tally;
        return new(
            context.Model.Users.Count,
            tally.HomeTimelines,
            tally.AuthorTimelines,
            tally.RelationCounts,
            tally.RelationLists,
            tally.Posts,
            tally.Threads,
            tally.Searches,
            tally.FoundPosts,
            tally.Pages,
            tally.Entries,
            plan.ActionCount);
    }

    private int Planned(ActionKind kind) => plan.ActivityActions.Count(action => action.Kind == kind);

    private int New(Func<DemoAction, bool> which) =>
        ledger.Count((action, outcome) => which(action) && outcome is { Changed: true, WasLogged: false });
}
