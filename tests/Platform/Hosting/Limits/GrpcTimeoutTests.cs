using DaprSocial.Hosting.Limits;

namespace DaprSocial.Platform.Tests.Hosting.Limits;

public sealed class GrpcTimeoutTests
{
    [Theory]
    [InlineData("2H", 7_200_000)]
    [InlineData("3M", 180_000)]
    [InlineData("99999999S", 99_999_999_000)]
    [InlineData("250m", 250)]
    [InlineData("1000u", 1)]
    [InlineData("0m", 0)]
    public void Parse_DigitsAndUnit_IsTheTime(string text, long milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), GrpcTimeout.Parse(text));

    [Fact]
    public void Parse_LessThanATick_IsNothing() => Assert.Equal(TimeSpan.Zero, GrpcTimeout.Parse("99n"));

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("S")]
    [InlineData("1s")]
    [InlineData("-1S")]
    [InlineData("+1S")]
    [InlineData(" 1S")]
    [InlineData("1.5S")]
    [InlineData("1 S")]
    [InlineData("123456789S")]
    [InlineData("1SS")]
    public void Parse_AnythingElse_IsNone(string text) => Assert.Null(GrpcTimeout.Parse(text));

    [Fact]
    public void Format_Milliseconds_IsParsedAsThose() =>
        Assert.Equal(TimeSpan.FromSeconds(30), GrpcTimeout.Parse(GrpcTimeout.Format(30_000)));
}
