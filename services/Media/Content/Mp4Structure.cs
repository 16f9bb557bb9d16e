namespace DaprSocial.Media.Content;

/// <summary>What the boxes of an MP4 file say, and which of its bytes say more than playing it needs.</summary>
/// <param name="BoxNames">Where the names of boxes stand that are metadata, or filling.</param>
/// <param name="Blanks">Ranges of bytes to blank: what those boxes hold, and when and where the video was made.</param>
internal sealed record Mp4Structure(
    InspectedContent Content, IReadOnlyList<long> BoxNames, IReadOnlyList<(long Start, long End)> Blanks);
