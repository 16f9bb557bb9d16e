using Npgsql;

namespace DaprSocial.Hosting;

/// <summary>Opens pools of connections to the service's database.</summary>
public interface IDatabase
{
    /// <summary>Opens a pool.</summary>
    /// <param name="searchPath">The schemas where statements find their tables, first one first.</param>
    /// <param name="isReadOnly">True for connections whose transactions refuse to write.</param>
    /// <returns>The caller disposes it.</returns>
    NpgsqlDataSource Connect(string searchPath, bool isReadOnly);
}
