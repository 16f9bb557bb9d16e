namespace DaprSocial.Faults.Driving;

/// <summary>Counts reads with tokens by how they ended.</summary>
internal sealed class ReadTally
{
    private long _reads;
    private long _behind;
    private long _unanswered;

    public long Reads => Interlocked.Read(ref _reads);

    public long Behind => Interlocked.Read(ref _behind);

    public long Unanswered => Interlocked.Read(ref _unanswered);

    public void AddRead() => Interlocked.Increment(ref _reads);

    public void AddBehind() => Interlocked.Increment(ref _behind);

    public void AddUnanswered() => Interlocked.Increment(ref _unanswered);
}
