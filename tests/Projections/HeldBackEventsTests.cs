using DaprSocial.Consistency;
using DaprSocial.Identifiers;

namespace DaprSocial.Projections.Tests;

public sealed class HeldBackEventsTests
{
    private static readonly StreamKey _ada = new("users", Uuid.Create(1));
    private static readonly StreamKey _bob = new("users", Uuid.Create(2));
    private static readonly DateTimeOffset _start = DateTimeOffset.UnixEpoch;

    private readonly HeldBackEvents _held = new();

    [Fact]
    public void Take_Held_GivesThemInOrderAndOnce()
    {
        Add(_ada, 5, 3, 4, 3);
        Add(_bob, 2);

        Assert.Equal(4, _held.Count);
        Assert.Equal([3, 4, 5], _held.Take(_ada).Select(row => row.Version));
        Assert.Empty(_held.Take(_ada));
        Assert.Equal(1, _held.Count);
    }

    [Fact]
    public void Add_MoreThanAStreamMayHold_KeepsTheFirst64()
    {
        Add(_ada, [.. Enumerable.Range(2, 100).Select(version => (long)version)]);

        Assert.Equal((64, 64), (_held.Count, HeldBackEvents.EventsPerStreamMax));
        Assert.Equal(64, _held.Take(_ada).Count);
        Assert.Equal(0, _held.Count);
    }

    [Fact]
    public void Add_MoreThanAllMayHold_KeepsTheHoleButNotTheEvent()
    {
        var streams = HeldBackEvents.EventsMax / HeldBackEvents.EventsPerStreamMax;
        for (var stream = 0; stream < streams; stream++)
        {
            Add(
                new StreamKey("users", Uuid.Create(stream)),
                [.. Enumerable.Range(2, 64).Select(version => (long)version)]);
        }

        Add(_bob, 7);

        Assert.Equal(HeldBackEvents.EventsMax, _held.Count);
        Assert.Contains(_bob, _held.Due(_start + HeldBackEvents.HoldMax));
        Assert.Empty(_held.Take(_bob));
    }

    [Fact]
    public void Due_Hole_IsDueAfter200Ms()
    {
        Add(_ada, 2);

        Assert.Equal(TimeSpan.FromMilliseconds(200), HeldBackEvents.HoldMax);
        Assert.Empty(_held.Due(_start + HeldBackEvents.HoldMax - TimeSpan.FromTicks(1)));
        Assert.Equal([_ada], _held.Due(_start + HeldBackEvents.HoldMax));
    }

    [Fact]
    public void Due_HoleTriedAgain_KeepsItsAge()
    {
        Add(_ada, 3);

        var again = _held.Take(_ada);
        _held.Add(again[0], _start + TimeSpan.FromMilliseconds(150));

        Assert.Equal([_ada], _held.Due(_start + HeldBackEvents.HoldMax));
    }

    [Fact]
    public void Due_HoleClosed_IsForgotten()
    {
        Add(_ada, 3, 4);
        Add(_bob, 3);

        _held.Close(_ada);

        Assert.Equal([_bob], _held.Due(DateTimeOffset.MaxValue));
        Assert.Equal(1, _held.Count);
        Add(_ada, 9);
        Assert.Equal([9], _held.Take(_ada).Select(row => row.Version));
    }

    [Fact]
    public void Due_HoleLeftByARepair_GetsItsFullTimeAgain()
    {
        Add(_ada, 3);

        _held.Restart(_ada, _start + HeldBackEvents.HoldMax);
        _held.Restart(_bob, _start + HeldBackEvents.HoldMax);

        Assert.Empty(_held.Due(_start + HeldBackEvents.HoldMax * 2 - TimeSpan.FromTicks(1)));
        Assert.Equal([_ada], _held.Due(_start + HeldBackEvents.HoldMax * 2));
    }

    private void Add(StreamKey key, params long[] versions)
    {
        foreach (var version in versions)
        {
            _held.Add(
                new EventEnvelope(
                    Guid.Empty, key, version, Guid.Empty, "e", 1, "t", _start, ConsistencyToken.Empty, "{}"),
                _start);
        }
    }
}
