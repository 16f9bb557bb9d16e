namespace DaprSocial.Media.Images;

/// <summary>Looks at media before anybody else does: against viruses, or lists of known pictures.</summary>
internal interface IMediaScanner
{
    /// <param name="original">What will be served, in a file that goes away afterwards.</param>
    /// <param name="medium">What was made of the upload.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>False to refuse it.</returns>
    Task<bool> AcceptsAsync(string original, ProcessedMedium medium, CancellationToken cancellationToken);
}
