using System.Collections.Concurrent;
using DaprSocial.Load.Planning;

namespace DaprSocial.Load.Driving;

/// <summary>What became of the actions of a plan, and the ids behind its indexes.</summary>
internal sealed class RunLedger(DemoPlan plan)
{
    private readonly ActionOutcome?[] _outcomes = new ActionOutcome?[plan.ActionCount];
    private readonly ConcurrentBag<TimeSpan> _visibleAfter = [];

    /// <summary>Commit-to-visible times of the posts that were watched.</summary>
    public IReadOnlyList<TimeSpan> VisibleAfter => [.. _visibleAfter];

    /// <summary>Time spent on sending, without the waits between the stages.</summary>
    public TimeSpan SendTime { get; set; }

    /// <summary>Time spent waiting until the projections had caught up, at the end.</summary>
    public TimeSpan CatchUpTime { get; set; }

    public void Record(DemoAction action, ActionOutcome outcome) =>
        Volatile.Write(ref _outcomes[action.Index], outcome);

    public void RecordVisible(TimeSpan after) => _visibleAfter.Add(after);

    public ActionOutcome OutcomeOf(int actionIndex) =>
        Volatile.Read(ref _outcomes[actionIndex])
        ?? throw new InvalidOperationException($"Action {actionIndex} was not answered yet.");

    /// <summary>Users come first in a plan, so the index of a user is that of the action that creates it.</summary>
    public Guid UserId(int user) => OutcomeOf(user).EntityId;

    public Guid PostId(int actionIndex) => OutcomeOf(actionIndex).EntityId;

    public IReadOnlyList<Guid> UserIds() => [.. Enumerable.Range(0, plan.Users.Count).Select(UserId)];

    public int Count(Func<DemoAction, ActionOutcome, bool> predicate) =>
        plan.Actions.Count(action => predicate(action, OutcomeOf(action.Index)));
}
