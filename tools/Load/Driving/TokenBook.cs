using System.Buffers.Text;
using System.Collections.Concurrent;
using DaprSocial.Tokens.V1;
using Google.Protobuf;

namespace DaprSocial.Load.Driving;

/// <summary>
/// Keeps, for every user, the newest version of each stream in which the user acted. One token holds 64 streams at
/// most, so the run as a whole cannot be one token; each user's part can.
/// </summary>
internal sealed class TokenBook
{
    private readonly ConcurrentDictionary<Guid, Dictionary<StreamHeadKey, long>> _heads = new();

    /// <summary>Takes what an answer's token says of the user's own streams; others have their own entries.</summary>
    /// <exception cref="DemoException">The token cannot be read.</exception>
    public void Observe(Guid user, string token)
    {
        foreach (var log in Decode(token).Logs)
        {
            var logId = IdOf(log.LogId);
            foreach (var position in log.Streams)
            {
                if (IdOf(position.Stream) == user)
                {
                    ObserveHead(new StreamHeadKey(logId, position.Topic, user), position.Version);
                }
            }
        }
    }

    public void ObserveHead(StreamHeadKey key, long version)
    {
        var heads = _heads.GetOrAdd(key.Stream, _ => []);
        lock (heads)
        {
            heads[key] = Math.Max(version, heads.GetValueOrDefault(key));
        }
    }

    /// <summary>Everybody of whom something is known.</summary>
    public IReadOnlyList<Guid> Users() => [.. _heads.Keys.Order()];

    /// <summary>A token that names everything the user did; empty when nothing is known.</summary>
    public string TokenOf(Guid user)
    {
        if (!_heads.TryGetValue(user, out var heads))
        {
            return "";
        }

        lock (heads)
        {
            return Encode(heads);
        }
    }

    private static string Encode(Dictionary<StreamHeadKey, long> heads)
    {
        var payload = new ConsistencyTokenPayload();
        foreach (var log in heads.GroupBy(head => head.Key.LogId).OrderBy(log => log.Key))
        {
            var position = new LogPosition { LogId = BytesOf(log.Key) };
            position.Streams.AddRange(log
                .OrderBy(head => head.Key.Topic, StringComparer.Ordinal)
                .Select(head => new StreamPosition
                {
                    Topic = head.Key.Topic,
                    Stream = BytesOf(head.Key.Stream),
                    Version = head.Value,
                }));
            payload.Logs.Add(position);
        }

        return Base64Url.EncodeToString(payload.ToByteArray());
    }

    private static ConsistencyTokenPayload Decode(string token)
    {
        try
        {
            return ConsistencyTokenPayload.Parser.ParseFrom(Base64Url.DecodeFromChars(token));
        }
        catch (Exception exception) when (exception is FormatException or InvalidProtocolBufferException)
        {
            throw new DemoException($"cannot read the consistency token of an answer: \"{token}\"", exception);
        }
    }

    private static Guid IdOf(ByteString bytes) => bytes.Length == 16
        ? new Guid(bytes.Span, bigEndian: true)
        : throw new DemoException("an answer carries a consistency token with an id that is not of 16 bytes");

    private static ByteString BytesOf(Guid id) => ByteString.CopyFrom(id.ToByteArray(bigEndian: true));
}
