using DaprSocial.Search.Domain;
using Npgsql;

namespace DaprSocial.Search.Index;

/// <summary>Puts documents into the index.</summary>
internal interface ISearchIndexWriter
{
    /// <summary>
    /// Puts documents, stubs among them. Of each id the one with the greatest entity version stays, in whatever order
    /// and however often they come; so a document never takes the place of its stub.
    /// </summary>
    /// <param name="posts">Each id once.</param>
    /// <param name="users">Each id once.</param>
    /// <param name="transaction">
    /// What moves the checkpoints. An index in the same database is written in it. Another one is written before it
    /// commits: what is repeated after a crash changes nothing.
    /// </param>
    /// <param name="cancellationToken">Gives up.</param>
    Task PutAsync(
        IReadOnlyCollection<PostDocument> posts, IReadOnlyCollection<UserDocument> users,
        NpgsqlTransaction transaction, CancellationToken cancellationToken);
}
