using System.Buffers.Text;
using DaprSocial.Errors;
using DaprSocial.Errors.V1;
using DaprSocial.Identifiers;
using DaprSocial.Paging;
using DaprSocial.Testing;
using DaprSocial.Tokens.V1;
using FsCheck.Fluent;
using Google.Protobuf;

namespace DaprSocial.Platform.Tests.Paging;

public sealed class PageTokenTests
{
    private const string Query = "ListAuthorTimeline author=a view=all";
    private static readonly Guid _lastId = Guid.Parse("01890a5d-ac96-774b-bcce-b302099a8057");

    [Fact]
    public void Decode_OwnToken_GivesTheIdBack() =>
        Assert.Equal(_lastId, PageToken.Decode(PageToken.Encode(_lastId, Query), Query));

    [Fact]
    public void Decode_EmptyToken_AsksForTheFirstPage() => Assert.Null(PageToken.Decode("", Query));

    [Fact]
    public void Encode_Always_IsUrlSafeTextWithoutPadding() =>
        Assert.Matches("^[A-Za-z0-9_-]{36}$", PageToken.Encode(Guid.AllBitsSet, Query));

    [Theory]
    [InlineData("")]
    [InlineData("ListAuthorTimeline author=a view=replies")]
    [InlineData("ListAuthorTimeline author=a view=all ")]
    public void Decode_TokenOfAnotherQuery_IsRefused(string other) =>
        AssertRefused(PageToken.Encode(_lastId, other), Query);

    [Theory]
    [InlineData("!")]
    [InlineData("A")]
    [InlineData("AAAA")]
    [InlineData("not a token")]
    [InlineData("w7zDvMO8w7zDvMO8w7zDvMO8w7zDvMO8w7w")]
    public void Decode_GarbledToken_IsRefused(string token) => AssertRefused(token, Query);

    [Fact]
    public void Decode_LongToken_IsRefused() => AssertRefused(new string('A', 65), Query);

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(17)]
    public void Decode_IdOfAnotherLength_IsRefused(int length)
    {
        var own = PageTokenPayload.Parser.ParseFrom(Base64Url.DecodeFromChars(PageToken.Encode(_lastId, Query)));
        own.LastId = ByteString.CopyFrom(new byte[length]);

        AssertRefused(Base64Url.EncodeToString(own.ToByteArray()), Query);
    }

    [Fact]
    public void Decode_AnyText_IsReadOrRefused() => PropertyCheck.Holds(
        Gen.Elements("ABCabc019_-=+/ %\0é".ToCharArray()).ArrayOf().Select(letters => new string(letters)),
        text =>
        {
            try
            {
                return PageToken.Decode(text, Query) is null == (text.Length == 0);
            }
            catch (ServiceException refusal)
            {
                return refusal.Reason == ErrorReason.InvalidPageToken;
            }
        });

    [Fact]
    public void Decode_TokenCutAnywhere_IsRefused()
    {
        var token = PageToken.Encode(Uuid.Create(1_700_000_000_000), Query);

        Assert.All(Enumerable.Range(1, token.Length - 1), length => AssertRefused(token[..length], Query));
    }

    private static void AssertRefused(string token, string query)
    {
        var refusal = Assert.Throws<ServiceException>(() => PageToken.Decode(token, query));

        Assert.Equal((ErrorReason.InvalidPageToken, "page_token"), (refusal.Reason, refusal.Field));
    }
}
