namespace DaprSocial.Load.Reporting;

/// <summary>A post with a picture as a service showed it, for the report.</summary>
public sealed record SamplePicture(
    string PostId, string Text, string AltText, int Width, int Height, string Blurhash, IReadOnlyList<string> Urls);
