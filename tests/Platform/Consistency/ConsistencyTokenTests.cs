using System.Buffers.Text;
using DaprSocial.Consistency;
using DaprSocial.Errors;
using DaprSocial.Errors.V1;
using DaprSocial.Identifiers;
using DaprSocial.Tokens.V1;
using Google.Protobuf;

namespace DaprSocial.Platform.Tests.Consistency;

public sealed class ConsistencyTokenTests
{
    private static readonly Guid _log = Guid.Parse("11111111-1111-4111-8111-111111111111");
    private static readonly Guid _stream = Guid.Parse("22222222-2222-4222-8222-222222222222");

    [Fact]
    public void Parse_EmptyText_NamesNothing()
    {
        Assert.True(ConsistencyToken.Parse("").IsEmpty);
        Assert.Equal("", ConsistencyToken.Empty.ToString());
    }

    [Fact]
    public void Parse_OwnText_NamesTheSame()
    {
        var write = new StreamVersion(_log, "posts", _stream, long.MaxValue);

        var text = ConsistencyToken.Of(write).ToString();

        Assert.Matches("^[A-Za-z0-9_-]+$", text);
        Assert.Equal(write, Assert.Single(ConsistencyToken.Parse(text).Streams));
    }

    [Fact]
    public void Parse_FullTokenOfOurTopics_IsRead()
    {
        var token = ConsistencyToken.Of(Enumerable.Range(0, ConsistencyToken.StreamsMax).Select(index =>
            new StreamVersion(Guid.NewGuid(), "reactions", Uuid.Create(index), long.MaxValue - index)));

        var read = ConsistencyToken.Parse(token.ToString());

        Assert.Equal(token.Streams.ToHashSet(), read.Streams.ToHashSet());
        Assert.Equal(ConsistencyToken.StreamsMax, read.Streams.Length);
    }

    [Theory]
    [InlineData("!")]
    [InlineData("A")]
    [InlineData("____")]
    [InlineData("not a token")]
    [InlineData("AAAAAAAA")]
    public void Parse_GarbledText_IsRefused(string text) => AssertRefused(text);

    [Fact]
    public void Parse_LongText_IsRefused() => AssertRefused(new string('A', 8193));

    [Theory]
    [InlineData("", 16, 1)]
    [InlineData("posts", 15, 1)]
    [InlineData("posts", 17, 1)]
    [InlineData("posts", 16, 0)]
    [InlineData("posts", 16, -1)]
    public void Parse_StreamThatCannotBe_IsRefused(string topic, int streamLength, long version) =>
        AssertRefused(Text(16, new StreamPosition
        {
            Topic = topic, Stream = ByteString.CopyFrom(new byte[streamLength]), Version = version,
        }));

    [Fact]
    public void Parse_LongTopic_IsRefused() => AssertRefused(Text(16, Position(new string('t', 65), 1)));

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    public void Parse_LogIdOfAnotherLength_IsRefused(int length) => AssertRefused(Text(length, Position("posts", 1)));

    [Fact]
    public void Parse_MoreStreamsThanMayBe_IsRefused()
    {
        StreamPosition[] most = [.. Enumerable.Range(1, ConsistencyToken.StreamsMax).Select(index => Position($"t{index}", 1))];

        Assert.Equal(ConsistencyToken.StreamsMax, ConsistencyToken.Parse(Text(16, most)).Streams.Length);
        AssertRefused(Text(16, [.. most, Position("one more", 1)]));
    }

    [Fact]
    public void Parse_StreamNamedTwice_TakesTheGreaterVersion()
    {
        var token = ConsistencyToken.Parse(Text(16, Position("posts", 7), Position("posts", 9), Position("posts", 8)));

        Assert.Equal(9, Assert.Single(token.Streams).Version);
    }

    [Fact]
    public void Of_VersionZero_IsLeftOut()
    {
        var token = ConsistencyToken.Of([new(_log, "posts", _stream, 0), new(_log, "graph", _stream, 1)]);

        Assert.Equal("graph", Assert.Single(token.Streams).Topic);
    }

    [Fact]
    public void Of_MoreStreamsThanMayBe_KeepsTheFirst()
    {
        var writes = Enumerable.Range(1, 70).Select(index => new StreamVersion(_log, $"t{index}", _stream, 1)).ToList();

        Assert.Equal(writes[..ConsistencyToken.StreamsMax], [.. ConsistencyToken.Of(writes).Streams]);
    }

    [Fact]
    public void Merge_WithNothing_IsTheSame()
    {
        var token = ConsistencyToken.Of(new StreamVersion(_log, "posts", _stream, 3));

        Assert.Same(token, token.Merge(ConsistencyToken.Empty));
        Assert.Same(token, ConsistencyToken.Empty.Merge(token));
    }

    [Fact]
    public void Merge_MoreStreamsThanMayBe_DropsThoseOfTheOlder()
    {
        var older = ConsistencyToken.Of(Enumerable.Range(1, 60).Select(index =>
            new StreamVersion(_log, $"old{index}", _stream, 1)));
        var newer = ConsistencyToken.Of(Enumerable.Range(1, 10).Select(index =>
            new StreamVersion(_log, $"new{index}", _stream, 1)));

        var merged = older.Merge(newer);

        Assert.Equal(ConsistencyToken.StreamsMax, merged.Streams.Length);
        Assert.Subset(merged.Streams.ToHashSet(), newer.Streams.ToHashSet());
    }

    [Fact]
    public void Merge_OlderTokenWithGreaterVersion_KeepsTheGreater()
    {
        var greater = ConsistencyToken.Of(new StreamVersion(_log, "posts", _stream, 9));
        var smaller = ConsistencyToken.Of(new StreamVersion(_log, "posts", _stream, 4));

        Assert.Equal(9, Assert.Single(greater.Merge(smaller).Streams).Version);
    }

    [Fact]
    public void Merge_SameStreamOfTwoLogs_KeepsBoth()
    {
        var one = ConsistencyToken.Of(new StreamVersion(_log, "posts", _stream, 9));
        var other = ConsistencyToken.Of(new StreamVersion(Guid.NewGuid(), "posts", _stream, 4));

        Assert.Equal(2, one.Merge(other).Streams.Length);
    }

    private static StreamPosition Position(string topic, long version) => new()
    {
        Topic = topic, Stream = ByteString.CopyFrom(Uuid.ToBytes(_stream)), Version = version,
    };

    private static string Text(int logIdLength, params IEnumerable<StreamPosition> streams)
    {
        var log = new LogPosition { LogId = ByteString.CopyFrom(new byte[logIdLength]), Streams = { streams } };
        return Base64Url.EncodeToString(new ConsistencyTokenPayload { Logs = { log } }.ToByteArray());
    }

    private static void AssertRefused(string text)
    {
        var refusal = Assert.Throws<ServiceException>(() => ConsistencyToken.Parse(text));

        Assert.Equal(
            (ErrorReason.InvalidConsistencyToken, "consistency_token"), (refusal.Reason, refusal.Field));
    }
}
