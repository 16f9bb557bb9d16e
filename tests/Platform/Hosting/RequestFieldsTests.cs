using DaprSocial.Errors;
using DaprSocial.Errors.V1;
using DaprSocial.Hosting;
using DaprSocial.Identifiers;
using DaprSocial.Users.V1;
using Google.Protobuf.WellKnownTypes;

namespace DaprSocial.Platform.Tests.Hosting;

public sealed class RequestFieldsTests
{
    private const string Family = "👨‍👩‍👧‍👦";
    private static readonly string _id = Uuid.Create(1000).ToString("D");

    [Theory]
    [InlineData("", 0, true)]
    [InlineData("", 5, true)]
    [InlineData("abcde", 5, true)]
    [InlineData("abcdef", 5, false)]
    [InlineData("a", 0, false)]
    [InlineData("e\u0301e\u0301e\u0301", 3, true)]
    [InlineData("e\u0301e\u0301e\u0301e\u0301", 3, false)]
    [InlineData(Family + "abcd", 5, true)]
    [InlineData(Family + "abcde", 5, false)]
    [InlineData("🇩🇪🇫🇷", 2, true)]
    [InlineData("🇩🇪🇫🇷🇩🇪", 2, false)]
    [InlineData("👍🏽👍🏿👍", 3, true)]
    [InlineData("a\r\nb", 3, true)]
    [InlineData("한국어", 3, true)]
    public void HasAtMost_Text_CountsWhatAReaderSeesAsOne(string text, int max, bool expected) =>
        Assert.Equal(expected, RequestFields.HasAtMost(text, max));

    [Theory]
    [InlineData(9, true)]
    [InlineData(14, true)]
    [InlineData(15, false)]
    [InlineData(1000, false)]
    public void HasAtMost_LetterWithManyAccents_IsBoundByTenBytesACharacter(int accents, bool expected) =>
        // One letter and two bytes an accent: 29 and 31 bytes stand on the two sides of 3 × 10.
        Assert.Equal(expected, RequestFields.HasAtMost("e" + new string('\u0301', accents), 3));

    [Fact]
    public void HasAtMost_ExactlyTenBytesACharacter_IsAllowed()
    {
        Assert.True(RequestFields.HasAtMost(new string('x', 10), 10));
        Assert.True(RequestFields.HasAtMost(string.Concat(Enumerable.Repeat("👍🏽", 5)) + "abcde", 10));
        Assert.False(RequestFields.HasAtMost(Family, 2));
        Assert.True(RequestFields.HasAtMost(Family, 3));
    }

    [Fact]
    public void HasAtMost_HalfASurrogatePair_CountsAsOne()
    {
        Assert.True(RequestFields.HasAtMost("\ud83d", 1));
        Assert.False(RequestFields.HasAtMost("\ud83d\ud83d", 1));
    }

    [Fact]
    public void Text_WithinTheLimit_IsGivenBack() => Assert.Equal(Family, RequestFields.Text(Family, "bio", 3));

    [Theory]
    [InlineData("abcd")]
    [InlineData("a\0")]
    public void Text_TooLongOrWithNul_IsRefusedByField(string text)
    {
        var refusal = Assert.Throws<ServiceException>(() => RequestFields.Text(text, "bio", 3));

        Assert.Equal((ErrorReason.InvalidField, "bio"), (refusal.Reason, refusal.Field));
        Assert.Equal("bio", refusal.Metadata["field"]);
    }

    [Fact]
    public void Id_Canonical_IsRead() => Assert.Equal(_id, RequestFields.Id<User>(_id, "user_id").ToString());

    [Theory]
    [InlineData("")]
    [InlineData("me")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    public void Id_AnythingElse_IsRefusedByField(string text)
    {
        var refusal = Assert.Throws<ServiceException>(() => RequestFields.Id<User>(text, "user_id"));

        Assert.Equal((ErrorReason.InvalidId, "user_id"), (refusal.Reason, refusal.Field));
    }

    [Fact]
    public void OptionalId_EmptyText_IsNull()
    {
        Assert.Null(RequestFields.OptionalId<User>("", "reply_to"));
        Assert.Equal(_id, RequestFields.OptionalId<User>(_id, "reply_to").ToString());
        Assert.Throws<ServiceException>(() => RequestFields.OptionalId<User>(" ", "reply_to"));
    }

    [Fact]
    public void Ids_RepeatedOnes_CountOnceAtTheirFirstPlace()
    {
        var other = Uuid.Create(2000).ToString("D");

        Assert.Equal([other, _id], RequestFields.Ids<User>([other, _id, other, _id], "user_ids").Select(id => id.ToString()));
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(100, true)]
    [InlineData(0, false)]
    [InlineData(101, false)]
    public void Ids_Number_IsOneToAHundred(int count, bool isAllowed)
    {
        string[] texts = [.. Enumerable.Range(1, count).Select(index => Uuid.Create(index).ToString("D"))];

        var refusal = Record.Exception(() => RequestFields.Ids<User>(texts, "user_ids")) as ServiceException;

        Assert.Equal(isAllowed ? null : (ErrorReason.InvalidField, "user_ids"), (refusal?.Reason, refusal?.Field) switch
        {
            (null, null) => null,
            var (reason, field) => ((ErrorReason, string)?)(reason!.Value, field!),
        });
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 500_000_000)]
    [InlineData(Duration.MaxSeconds, 0)]
    public void Span_OfADuration_IsRead(long seconds, int nanos) => Assert.Equal(
        TimeSpan.FromSeconds(seconds) + TimeSpan.FromMicroseconds(nanos / 1000),
        RequestFields.Span(new Duration { Seconds = seconds, Nanos = nanos }, "max_wait"));

    [Fact]
    public void Span_LeftOut_IsNull() => Assert.Null(RequestFields.Span(null, "max_wait"));

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, -1)]
    [InlineData(1, 1_000_000_000)]
    [InlineData(Duration.MaxSeconds + 1, 0)]
    [InlineData(long.MinValue, int.MinValue)]
    public void Span_ThatProtobufForbids_IsRefusedByField(long seconds, int nanos)
    {
        var refusal = Assert.Throws<ServiceException>(() =>
            RequestFields.Span(new Duration { Seconds = seconds, Nanos = nanos }, "max_wait"));

        Assert.Equal((ErrorReason.InvalidField, "max_wait"), (refusal.Reason, refusal.Field));
    }

    [Fact]
    public void Ids_OneBad_IsRefused() => Assert.Equal(
        ErrorReason.InvalidId, Assert.Throws<ServiceException>(() => RequestFields.Ids<User>([_id, "x"], "user_ids")).Reason);
}
