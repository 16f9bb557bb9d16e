using DaprSocial.Media.V1;
using Google.Protobuf;

namespace DaprSocial.Wire.Tests;

/// <summary>A right request, and how it is spoilt.</summary>
internal static class Requests
{
    public const string Unary = "/daprsocial.media.v1.MediaService/BatchGetMedia";
    public const string ServerStreaming = "/daprsocial.media.v1.MediaService/DownloadMedia";
    public const string ClientStreaming = "/daprsocial.media.v1.MediaService/UploadMedia";

    /// <summary>An id that nobody has.</summary>
    public const string SomeId = "01890a5d-ac96-774b-bcce-b302099a8057";

    public static byte[] Message { get; } = new BatchGetMediaRequest { MediaIds = { SomeId } }.ToByteArray();

    public static (string Name, string Value)[] Fields(
        string path = Unary, string method = "POST", string contentType = "application/grpc",
        params (string Name, string Value)[] more) =>
    [
        (":method", method), (":scheme", "http"), (":path", path), (":authority", "127.0.0.1"),
        ("content-type", contentType), ("te", "trailers"), ("daprsocial-actor", SomeId), .. more,
    ];
}
