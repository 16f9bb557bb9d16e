namespace DaprSocial.Faults.Planning;

/// <summary>What a part of a run is about; processes are killed in each.</summary>
public enum PhaseKind
{
    /// <summary>The broker loses 10 %, repeats 20 %, delays and reorders.</summary>
    UnreliableBroker,

    /// <summary>All messages of some streams are lost.</summary>
    LostStreams,

    /// <summary>The last message of every stream is lost.</summary>
    LostLast,

    /// <summary>Everything of <c>graph</c> arrives 10 s late.</summary>
    PostsAheadOfGraph,

    /// <summary>Everything of <c>posts</c> arrives 10 s late.</summary>
    GraphAheadOfPosts,

    /// <summary>PostgreSQL crashes; Redis loses a key, goes back to a snapshot, loses all.</summary>
    Stores,

    /// <summary>One of two instances has a clock that is 10 s slow.</summary>
    Clock,

    /// <summary>One of two instances stops in mid-work for 30 s and goes on as if nothing were.</summary>
    PausedRelay,

    /// <summary>At the end: a service's data goes back by a minute, which who depends on it has to notice.</summary>
    RestoredLog,
}
