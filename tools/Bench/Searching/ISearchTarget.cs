namespace DaprSocial.Bench.Searching;

/// <summary>An index that is loaded and asked straight, without a service around it.</summary>
public interface ISearchTarget
{
    /// <summary>Puts posts, and returns when they can be found.</summary>
    Task PutAsync(IReadOnlyList<BenchPost> posts, CancellationToken cancellationToken);

    /// <summary>Does what the database does in its time: statistics for plans, no pending index entries.</summary>
    Task SettleAsync(CancellationToken cancellationToken);

    /// <summary>Asks for the first page, corrections included, as the service does.</summary>
    /// <returns>How many posts were found.</returns>
    Task<int> SearchAsync(string query, bool isTop, int limit, CancellationToken cancellationToken);
}
