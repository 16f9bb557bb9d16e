using System.Buffers.Text;
using DaprSocial.Load.Driving;
using DaprSocial.Tokens.V1;
using Google.Protobuf;

namespace DaprSocial.Load.Tests.Driving;

public sealed class TokenBookTests
{
    private static readonly Guid Log = Guid.Parse("01890000-0000-7000-8000-000000000001");
    private static readonly Guid User = Guid.Parse("01890000-0000-7000-8000-000000000002");
    private static readonly Guid Other = Guid.Parse("01890000-0000-7000-8000-000000000003");

    [Fact]
    public void TokenOf_SeveralAnswers_MergesToTheNewest()
    {
        var book = new TokenBook();
        book.Observe(User, Token(("posts", User, 3), ("graph", User, 7)));
        book.Observe(User, Token(("posts", User, 5), ("graph", User, 6)));
        book.ObserveHead(new StreamHeadKey(Log, "reactions", User), 2);

        var streams = Assert.Single(Decode(book.TokenOf(User)).Logs).Streams;

        Assert.Equal(
            [("graph", 7L), ("posts", 5L), ("reactions", 2L)],
            streams.Select(stream => (stream.Topic, stream.Version)));
    }

    [Fact]
    public void Observe_StreamsOfOthers_AreLeftOut()
    {
        var book = new TokenBook();
        book.Observe(User, Token(("posts", Other, 3)));

        Assert.Equal("", book.TokenOf(User));
        Assert.Equal("", book.TokenOf(Other));
    }

    [Fact]
    public void Observe_EmptyToken_IsNothing()
    {
        var book = new TokenBook();
        book.Observe(User, "");

        Assert.Equal("", book.TokenOf(User));
    }

    [Theory]
    [InlineData("not base64!")]
    [InlineData("AAAA")]
    public void Observe_GarbledToken_IsRefused(string token)
    {
        Assert.Throws<DemoException>(() => new TokenBook().Observe(User, token));
    }

    private static string Token(params (string Topic, Guid Stream, long Version)[] positions)
    {
        var log = new LogPosition { LogId = ByteString.CopyFrom(Log.ToByteArray(bigEndian: true)) };
        log.Streams.AddRange(positions.Select(position => new StreamPosition
        {
            Topic = position.Topic,
            Stream = ByteString.CopyFrom(position.Stream.ToByteArray(bigEndian: true)),
            Version = position.Version,
        }));
        return Base64Url.EncodeToString(new ConsistencyTokenPayload { Logs = { log } }.ToByteArray());
    }

    private static ConsistencyTokenPayload Decode(string token) =>
        ConsistencyTokenPayload.Parser.ParseFrom(Base64Url.DecodeFromChars(token));
}
