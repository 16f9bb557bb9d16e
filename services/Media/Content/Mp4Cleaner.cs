namespace DaprSocial.Media.Content;

/// <summary>
/// Blanks in a copy of an MP4 file what says more than playing it needs. Every byte stays where it is: the tables of
/// the samples count from the file's beginning.
/// </summary>
internal static class Mp4Cleaner
{
    private const int BufferBytes = 64 * 1024;

    /// <exception cref="Errors.ServiceException">MEDIA_TYPE_UNKNOWN or MEDIA_DAMAGED.</exception>
    public static async Task CleanAsync(string source, string target, CancellationToken cancellationToken)
    {
        await using var input = new FileStream(source, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes);
        var structure = Mp4Inspector.Read(new ContentReader(input));
        input.Position = 0;
        await using var output = new FileStream(
            target, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferBytes);
        await input.CopyToAsync(output, cancellationToken);
        foreach (var name in structure.BoxNames)
        {
            output.Position = name;
            await output.WriteAsync("free"u8.ToArray(), cancellationToken);
        }

        var zeros = new byte[BufferBytes];
        foreach (var (start, end) in structure.Blanks)
        {
            output.Position = start;
            for (var rest = end - start; rest > 0; rest -= BufferBytes)
                await output.WriteAsync(zeros.AsMemory(0, (int)Math.Min(rest, BufferBytes)), cancellationToken);
        }
    }
}
