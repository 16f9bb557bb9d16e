using DaprSocial.Errors;
using DaprSocial.Errors.V1;
using DaprSocial.Identifiers;
using DaprSocial.Paging;

namespace DaprSocial.Platform.Tests.Paging;

public sealed class PageRequestTests
{
    private const int Default = 20;
    private const int Max = 50;

    [Theory]
    [InlineData(0, Default)]
    [InlineData(1, 1)]
    [InlineData(49, 49)]
    [InlineData(50, Max)]
    [InlineData(51, Max)]
    [InlineData(int.MaxValue, Max)]
    public void Parse_PageSize_IsDefaultedOrClamped(int asked, int size) =>
        Assert.Equal(size, PageRequest.Parse(asked, "", Default, Max, "q").Size);

    [Theory]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    public void Parse_NegativePageSize_IsRefused(int asked)
    {
        var refusal = Assert.Throws<ServiceException>(() => PageRequest.Parse(asked, "", Default, Max, "q"));

        Assert.Equal((ErrorReason.InvalidPageSize, "page_size"), (refusal.Reason, refusal.Field));
        Assert.Equal($"{asked}", refusal.Metadata["pageSize"]);
    }

    [Fact]
    public void Parse_NoToken_StartsAboveEveryId()
    {
        var page = PageRequest.Parse(0, "", Default, Max, "q");

        Assert.Equal(PageRequest.First, page.BeforeId);
        Assert.True(page.BeforeId.CompareTo(Uuid.Create(253_402_300_799_999)) > 0);
    }

    [Fact]
    public void NextToken_GivenToTheSameQuery_GoesOnBelowTheLastId()
    {
        var last = Uuid.Create(1000);
        var first = PageRequest.Parse(0, "", Default, Max, "q");

        var next = PageRequest.Parse(0, first.NextToken(true, last), Default, Max, "q");

        Assert.Equal(last, next.BeforeId);
    }

    [Fact]
    public void NextToken_GivenToAnotherQuery_IsRefused()
    {
        var token = PageRequest.Parse(0, "", Default, Max, "q").NextToken(true, Uuid.Create(1000));

        var refusal = Assert.Throws<ServiceException>(() => PageRequest.Parse(0, token, Default, Max, "other"));

        Assert.Equal(ErrorReason.InvalidPageToken, refusal.Reason);
    }

    [Fact]
    public void NextToken_GivenWithAnotherPageSize_GoesOn()
    {
        var last = Uuid.Create(1000);
        var token = PageRequest.Parse(10, "", Default, Max, "q").NextToken(true, last);

        Assert.Equal(last, PageRequest.Parse(30, token, Default, Max, "q").BeforeId);
    }

    [Fact]
    public void NextToken_AtTheEnd_IsEmpty() =>
        Assert.Equal("", PageRequest.Parse(0, "", Default, Max, "q").NextToken(false, Uuid.Create(1000)));
}
