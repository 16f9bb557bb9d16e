using DaprSocial.Events;
using DaprSocial.Events.V1;
using DaprSocial.Posts.V1;
using Google.Protobuf;

namespace DaprSocial.Platform.Tests.Events;

public sealed class EventJsonTests
{
    [Fact]
    public void Encode_EnumsAndLongs_AreIntegersAndStrings()
    {
        Assert.Equal(
            """{ "post": { "id": "p", "visibility": 2 } }""",
            EventJson.Encode(new PostCreated { Post = new Post { Id = "p", Visibility = Visibility.Followers } }));
        Assert.Equal(
            """{ "position": "9007199254740993" }""", EventJson.Encode(new Event { Position = 9_007_199_254_740_993 }));
    }

    [Fact]
    public void EncodeUtf8_OfText_IsTheSameJson()
    {
        var created = new PostCreated { Post = new Post { Text = "grüße 👋" } };

        Assert.Equal(EventJson.Encode(created), EventJson.EncodeUtf8(created).ToStringUtf8());
        Assert.Equal(created, EventJson.Decode<PostCreated>(EventJson.EncodeUtf8(created)));
    }

    [Fact]
    public void Decode_FieldOfANextVersion_IsIgnored()
    {
        const string Json = """{"post":{"id":"p","mood":{"colour":"blue"},"tags":["a"]},"reason":7}""";

        Assert.Equal(new PostCreated { Post = new Post { Id = "p" } }, Decode(Json));
    }

    [Fact]
    public void Decode_EnumValueOfANextVersion_IsKeptAndPassedOn()
    {
        var created = Decode("""{"post":{"visibility":42}}""");

        Assert.Equal((Visibility)42, created.Post.Visibility);
        Assert.Equal("""{ "post": { "visibility": 42 } }""", EventJson.Encode(created));
    }

    [Fact]
    public void Decode_EnumAsNameOrNumber_IsTheSame()
    {
        Assert.Equal(Decode("""{"post":{"visibility":1}}"""), Decode("""{"post":{"visibility":"VISIBILITY_PUBLIC"}}"""));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"post\":5}")]
    [InlineData("{\"post\":{\"createTime\":\"yesterday\"}}")]
    [InlineData("{\"post\":{\"visibility\":1e30}}")]
    public void Decode_AnythingElse_ThrowsOneOfTheParsersExceptions(string json) =>
        Assert.ThrowsAny<IOException>(() => EventJson.Decode<PostCreated>(ByteString.CopyFromUtf8(json)));

    [Fact]
    public void Erased_AsAnyEvent_IsAnEmptyMessage() => Assert.Equal(new PostCreated(), Decode(EventJson.Erased));

    private static PostCreated Decode(string json) => (PostCreated)EventJson.Decode(json, PostCreated.Descriptor);
}
