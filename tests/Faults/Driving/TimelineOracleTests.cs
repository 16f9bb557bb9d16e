using DaprSocial.Faults.Driving;

namespace DaprSocial.Faults.Tests.Driving;

public sealed class TimelineOracleTests
{
    private static readonly Guid _old = Id(1);
    private static readonly Guid _middle = Id(2);
    private static readonly Guid _new = Id(3);

    [Fact]
    public void Judge_AllThatIsKnown_IsRight() =>
        Assert.Empty(
            TimelineOracle.Judge([Known(_old), Known(_new)], [_new, _middle, _old], isLast: true, seesAll: true));

    [Fact]
    public void Judge_AcknowledgedPostMissing_IsWrong() =>
        Assert.Contains(
            $"{_middle} was acknowledged",
            TimelineOracle.Judge([Known(_old), Known(_middle)], [_new, _old], isLast: true, seesAll: true),
            StringComparison.Ordinal);

    [Fact]
    public void Judge_PostBelowThePagesEnd_MayBeOnTheNext() =>
        Assert.Empty(TimelineOracle.Judge([Known(_old)], [_new, _middle], isLast: false, seesAll: true));

    [Fact]
    public void Judge_PostBelowTheLastPagesEnd_IsWrong() =>
        Assert.NotEmpty(TimelineOracle.Judge([Known(_old)], [_new, _middle], isLast: true, seesAll: true));

    [Fact]
    public void Judge_DeletedPostShown_IsWrong() =>
        Assert.Contains(
            $"{_old} was deleted",
            TimelineOracle.Judge([Known(_old, wasDeleted: true)], [_old], isLast: true, seesAll: true),
            StringComparison.Ordinal);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Judge_PostWhoseDeletionIsUnderWay_MayBeThereOrNot(bool isThere)
    {
        var post = new PostRecord(_old, followersOnly: false) { IsDeleteBegun = true };

        var verdict = TimelineOracle.Judge([(post, false)], isThere ? [_old] : [], isLast: true, seesAll: true);

        Assert.Empty(verdict);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Judge_PostForFollowersMissing_IsWrongForWhoSeesAll(bool seesAll, bool isRight)
    {
        var post = new PostRecord(_old, followersOnly: true);

        var verdict = TimelineOracle.Judge([(post, false)], [], isLast: true, seesAll);

        Assert.Equal(isRight, verdict.Length == 0);
    }

    [Fact]
    public void Judge_PageOutOfOrder_IsWrong() =>
        Assert.NotEmpty(TimelineOracle.Judge([], [_old, _new], isLast: true, seesAll: true));

    [Fact]
    public void Judge_PostTwice_IsWrong() =>
        Assert.NotEmpty(TimelineOracle.Judge([], [_new, _new], isLast: true, seesAll: true));

    private static Guid Id(int number) => Guid.Parse($"01890000-0000-7000-8000-{number:x12}");

    private static (PostRecord Post, bool WasDeleted) Known(Guid id, bool wasDeleted = false) =>
        (new PostRecord(id, followersOnly: false), wasDeleted);
}
