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
}
