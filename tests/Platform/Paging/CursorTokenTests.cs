using DaprSocial.Errors;
using DaprSocial.Errors.V1;
using DaprSocial.Paging;
using DaprSocial.Tokens.V1;
using Google.Protobuf;

namespace DaprSocial.Platform.Tests.Paging;

public sealed class CursorTokenTests
{
    private const string Query = "search words=a";
    private static readonly PostSearchCursor _cursor =
        new() { Score = 0.1, AsOfMs = 7, LastId = ByteString.CopyFrom(1) };

    [Fact]
    public void DecodeCursor_OwnToken_GivesTheCursorBack() =>
        Assert.Equal(
            _cursor, PageToken.DecodeCursor<PostSearchCursor>(PageToken.EncodeCursor(_cursor, Query), Query));

    [Fact]
    public void DecodeCursor_EmptyToken_AsksForTheFirstPage() =>
        Assert.Null(PageToken.DecodeCursor<PostSearchCursor>("", Query));

    [Fact]
    public void DecodeCursor_LargestCursor_GivesItBack()
    {
        var cursor = new UserSearchCursor { Handle = new string('a', 1000) };

        Assert.Equal(cursor, PageToken.DecodeCursor<UserSearchCursor>(PageToken.EncodeCursor(cursor, Query), Query));
    }

    public static TheoryData<string> Others =>
    [
        PageToken.EncodeCursor(_cursor, "search words=b"),
        PageToken.Encode(Guid.AllBitsSet, Query),
        "!", "A", "AAAA", "not a token", new string('A', 2049),
    ];

    [Theory]
    [MemberData(nameof(Others))]
    public void DecodeCursor_OtherToken_IsRefused(string token)
    {
        var refusal = Assert.Throws<ServiceException>(
            () => PageToken.DecodeCursor<PostSearchCursor>(token, Query));

        Assert.Equal(ErrorReason.InvalidPageToken, refusal.Reason);
    }

    [Fact]
    public void Decode_TokenOfACursor_IsRefused() => Assert.Equal(
        ErrorReason.InvalidPageToken,
        Assert.Throws<ServiceException>(() => PageToken.Decode(PageToken.EncodeCursor(_cursor, Query), Query)).Reason);
}
