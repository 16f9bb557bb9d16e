using Npgsql;

namespace DaprSocial.Projections;

/// <summary>Writes what a batch of events changes. The only I/O of a projection.</summary>
/// <typeparam name="TBatch">Collects the changes of a batch.</typeparam>
public interface IProjectionStore<in TBatch>
{
    /// <summary>Writes the changes; the caller commits them together with the checkpoints.</summary>
    /// <remarks>Touches tables in a fixed order and rows sorted by key, so that instances do not deadlock.</remarks>
    Task FlushAsync(
        TBatch batch, NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellationToken);

    /// <summary>
    /// Tells a cache what the store is about to have, right before the commit, and what it has, after it. The commit may
    /// fail and be tried again: the events are in their log all the same. It does not fail itself.
    /// </summary>
    /// <param name="batch">What is committed.</param>
    /// <param name="version">Number of the projection's version that it is committed in.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task AnnounceAsync(TBatch batch, int version, CancellationToken cancellationToken) => Task.CompletedTask;
}
