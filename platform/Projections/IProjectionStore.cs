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
    /// Tells a cache what the store now has. A crash can come before: nothing may rely on it, and it does not fail.
    /// </summary>
    /// <param name="batch">What was committed.</param>
    /// <param name="version">Number of the projection's version that it was committed in.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task AnnounceAsync(TBatch batch, int version, CancellationToken cancellationToken) => Task.CompletedTask;
}
