using System.Buffers.Text;
using System.Collections.Immutable;
using DaprSocial.Errors;
using DaprSocial.Identifiers;
using DaprSocial.Tokens.V1;
using Google.Protobuf;

namespace DaprSocial.Consistency;

/// <summary>"At least as fresh as these writes": a set of streams, each up to a version. Immutable.</summary>
/// <remarks>
/// On the wire it is opaque URL-safe text: base64url, without padding, of <see cref="ConsistencyTokenPayload"/>.
/// At most <see cref="StreamsMax"/> streams, so that it stays small.
/// </remarks>
public sealed class ConsistencyToken
{
    /// <summary>A token names at most this many streams; merging drops those of the older token above it.</summary>
    public const int StreamsMax = 64;

    /// <summary>Longer text is refused unread.</summary>
    private const int LengthMax = 8192;

    private ConsistencyToken(ImmutableArray<StreamVersion> streams) => Streams = streams;

    /// <summary>Names nothing; any state covers it.</summary>
    public static ConsistencyToken Empty { get; } = new([]);

    /// <summary>The streams, each at most once per log.</summary>
    public ImmutableArray<StreamVersion> Streams { get; }

    /// <summary>True when it names nothing.</summary>
    public bool IsEmpty => Streams.IsEmpty;

    /// <summary>A token of one write.</summary>
    public static ConsistencyToken Of(StreamVersion write) => new([write]);

    /// <summary>A token of several writes; versions below 1 name nothing and are left out.</summary>
    public static ConsistencyToken Of(IEnumerable<StreamVersion> writes) =>
        Combine(writes.Where(write => write.Version > 0), []);

    /// <summary>Reads a token; empty text is <see cref="Empty"/>.</summary>
    /// <exception cref="ServiceException">INVALID_CONSISTENCY_TOKEN: garbled, or more than it may hold.</exception>
    public static ConsistencyToken Parse(string text)
    {
        if (text.Length == 0)
            return Empty;
        if (text.Length > LengthMax || !Base64Url.IsValid(text))
            throw Refusals.InvalidConsistencyToken();
        try
        {
            return FromPayload(ConsistencyTokenPayload.Parser.ParseFrom(Base64Url.DecodeFromChars(text)));
        }
        catch (InvalidProtocolBufferException)
        {
            throw Refusals.InvalidConsistencyToken();
        }
    }

    /// <summary>A token that names what both name, each stream at its greater version.</summary>
    /// <param name="newer">Its streams are kept when there are more than <see cref="StreamsMax"/>.</param>
    public ConsistencyToken Merge(ConsistencyToken newer)
    {
        if (newer.IsEmpty)
            return this;
        return IsEmpty ? newer : Combine(newer.Streams, Streams);
    }

    /// <summary>The wire form; empty text when it names nothing.</summary>
    public override string ToString()
    {
        if (IsEmpty)
            return "";
        var payload = new ConsistencyTokenPayload();
        foreach (var log in Streams.GroupBy(stream => stream.LogId).OrderBy(log => log.Key))
        {
            var position = new LogPosition { LogId = ByteString.CopyFrom(Uuid.ToBytes(log.Key)) };
            position.Streams.AddRange(log
                .OrderBy(stream => stream.Topic, StringComparer.Ordinal).ThenBy(stream => stream.Stream)
                .Select(stream => new StreamPosition
                {
                    Topic = stream.Topic,
                    Stream = ByteString.CopyFrom(Uuid.ToBytes(stream.Stream)),
                    Version = stream.Version,
                }));
            payload.Logs.Add(position);
        }

        return Base64Url.EncodeToString(payload.ToByteArray());
    }

    private static ConsistencyToken Combine(IEnumerable<StreamVersion> newer, IEnumerable<StreamVersion> older)
    {
        var places = new Dictionary<(Guid, string, Guid), int>();
        var streams = ImmutableArray.CreateBuilder<StreamVersion>();
        foreach (var stream in newer.Concat(older))
        {
            var key = (stream.LogId, stream.Topic, stream.Stream);
            if (places.TryGetValue(key, out var place))
            {
                if (streams[place].Version < stream.Version)
                    streams[place] = stream;
            }
            else if (streams.Count < StreamsMax)
            {
                places.Add(key, streams.Count);
                streams.Add(stream);
            }
        }

        return new ConsistencyToken(streams.ToImmutable());
    }

    private static ConsistencyToken FromPayload(ConsistencyTokenPayload payload)
    {
        var streams = new List<StreamVersion>();
        foreach (var log in payload.Logs)
        {
            if (!Uuid.TryFromBytes(log.LogId.Span, out var logId))
                throw Refusals.InvalidConsistencyToken();
            foreach (var stream in log.Streams)
            {
                if (stream.Topic.Length is 0 or > 64 || stream.Version < 1
                    || !Uuid.TryFromBytes(stream.Stream.Span, out var id) || streams.Count == StreamsMax)
                    throw Refusals.InvalidConsistencyToken();
                streams.Add(new StreamVersion(logId, stream.Topic, id, stream.Version));
            }
        }

        return Combine(streams, []);
    }
}
