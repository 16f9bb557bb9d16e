namespace DaprSocial.Load.Checking;

/// <summary>Counts what was checked, from many threads.</summary>
internal sealed class CheckTally
{
    private long _homeTimelines;
    private long _authorTimelines;
    private long _relationLists;
    private long _relationCounts;
    private long _threads;
    private long _posts;
    private long _searches;
    private long _foundPosts;
    private long _pages;
    private long _entries;

    public long HomeTimelines => Interlocked.Read(ref _homeTimelines);

    public long AuthorTimelines => Interlocked.Read(ref _authorTimelines);

    public long RelationLists => Interlocked.Read(ref _relationLists);

    public long RelationCounts => Interlocked.Read(ref _relationCounts);

    public long Threads => Interlocked.Read(ref _threads);

    public long Posts => Interlocked.Read(ref _posts);

    public long Searches => Interlocked.Read(ref _searches);

    public long FoundPosts => Interlocked.Read(ref _foundPosts);

    public long Pages => Interlocked.Read(ref _pages);

    public long Entries => Interlocked.Read(ref _entries);

    public void AddHomeTimeline() => Interlocked.Increment(ref _homeTimelines);

    public void AddAuthorTimeline() => Interlocked.Increment(ref _authorTimelines);

    public void AddRelationList() => Interlocked.Increment(ref _relationLists);

    public void AddRelationCounts() => Interlocked.Increment(ref _relationCounts);

    public void AddThread() => Interlocked.Increment(ref _threads);

    public void AddPosts(int count) => Interlocked.Add(ref _posts, count);

    public void AddSearch(int postCount)
    {
        Interlocked.Increment(ref _searches);
        Interlocked.Add(ref _foundPosts, postCount);
    }

    public void AddPage(int entryCount)
    {
        Interlocked.Increment(ref _pages);
        Interlocked.Add(ref _entries, entryCount);
    }
}
