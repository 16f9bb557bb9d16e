using System.Buffers.Text;
using DaprSocial.Tokens.V1;
using Google.Protobuf;

namespace DaprSocial.EndToEnd.Tests.Mesh;

/// <summary>Consistency tokens that a client has taken apart and put together again.</summary>
internal static class ForgedTokens
{
    /// <summary>A token like another, its first stream changed.</summary>
    /// <param name="logId">The log that it names instead; null for the same.</param>
    public static string Forge(string token, Action<StreamPosition> change, Guid? logId = null)
    {
        var payload = ConsistencyTokenPayload.Parser.ParseFrom(Base64Url.DecodeFromChars(token));
        change(payload.Logs[0].Streams[0]);
        if (logId is { } id)
            payload.Logs[0].LogId = IdOf(id);
        return Encode(payload);
    }

    /// <summary>A token that names more streams than a token may.</summary>
    public static string TooLarge()
    {
        var log = new LogPosition { LogId = IdOf(Guid.NewGuid()) };
        for (var number = 0; number < 65; number++)
            log.Streams.Add(new StreamPosition { Topic = "posts", Stream = IdOf(Guid.NewGuid()), Version = 1 });
        return Encode(new ConsistencyTokenPayload { Logs = { log } });
    }

    /// <summary>A token of a log whose id is too short.</summary>
    public static string OfNoLog() =>
        Encode(new ConsistencyTokenPayload { Logs = { new LogPosition { LogId = ByteString.CopyFrom(1, 2, 3) } } });

    private static ByteString IdOf(Guid id) => ByteString.CopyFrom(id.ToByteArray(bigEndian: true));

    private static string Encode(ConsistencyTokenPayload payload) => Base64Url.EncodeToString(payload.ToByteArray());
}
