namespace DaprSocial.Media.Domain;

/// <summary>An upload that is under way or was finished.</summary>
/// <param name="ContentType">As declared; empty for none.</param>
/// <param name="Received">How many bytes are there.</param>
/// <param name="MediaId">What it became; null while it is under way.</param>
internal sealed record Upload(
    UploadId Id, UserId OwnerId, long Size, string ContentType, long Received, MediaId? MediaId,
    DateTimeOffset ExpireTime)
{
    /// <summary>After this long an upload is forgotten, finished or not.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>The most uploads of one user that are under way.</summary>
    public const int OpenCountMax = 10;

    /// <summary>The most bytes that the uploads of one user that are under way may have together.</summary>
    public const long OpenBytesMax = 250L * 1024 * 1024;

    /// <summary>The most bytes that one call brings.</summary>
    public const int ChunkBytesMax = 1024 * 1024;
}
