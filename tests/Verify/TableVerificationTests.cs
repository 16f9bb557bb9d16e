using DaprSocial.Verify.Comparing;
using DaprSocial.Verify.Projections;

namespace DaprSocial.Verify.Tests;

public sealed class TableVerificationTests
{
    private readonly TableVerification _views = new(PostComparisons.All[0], Scope.Everything);
    private readonly TableVerification _counts = new(
        PostComparisons.All.Single(comparison => comparison.DerivedSql is not null), Scope.Everything);

    [Fact]
    public void Take_NothingDiffers_IsDecided()
    {
        _views.Take(Result());

        Assert.Null(_views.Next);
        Assert.Equal(0, _views.DifferenceCount);
    }

    [Fact]
    public void Take_RowDiffers_IsLookedAtAgainAlone()
    {
        _views.Take(Result(Row("a", "1")));

        Assert.Equal([["a"]], _views.Next!.Keys!);
        Assert.Equal(0, _views.DifferenceCount);
    }

    [Fact]
    public void Take_RowWasOnlyLate_IsRight()
    {
        _views.Take(Result(Row("a", "1")));
        _views.Take(Result());

        Assert.Null(_views.Next);
        Assert.Equal((0, 0), (_views.DifferenceCount, _views.MovingCount));
    }

    [Fact]
    public void Take_SameRowExpectedTwice_IsADifference()
    {
        _views.Take(Result(Row("a", "1")));
        _views.Take(Result(Row("a", "1")));

        Assert.Null(_views.Next);
        Assert.Equal(1, _views.DifferenceCount);
    }

    [Fact]
    public void Take_RowChangesInEveryRound_IsNeitherRightNorWrong()
    {
        for (var round = 0; round < 5; round++)
            _views.Take(Result(Row("a", $"{round}")));

        Assert.Equal((0, 1), (_views.DifferenceCount, _views.MovingCount));
    }

    [Fact]
    public void Take_SumThatIsNotThatOfTheProjectedRows_IsADifferenceAtOnce()
    {
        _counts.Take(Result(Row("a", "1")));

        Assert.Null(_counts.Next);
        Assert.Equal(1, _counts.DifferenceCount);
    }

    private static ComparisonResult Result(params RowDifference[] rows) => new(10, rows.Length, rows);

    private static RowDifference Row(string key, string expected) => new([key], expected, null, null);
}
