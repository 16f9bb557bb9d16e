namespace DaprSocial.Media.Tests.Content;

/// <param name="What">What is wrong with it, for people.</param>
/// <param name="ContentType">As it is declared.</param>
/// <param name="MustBeRefused">False where what comes out may also be good, or made good.</param>
internal sealed record MalformedFile(string What, byte[] Bytes, string ContentType, bool MustBeRefused);
