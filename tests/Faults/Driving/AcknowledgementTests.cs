using DaprSocial.Faults.Driving;
using DaprSocial.Load.Driving;

namespace DaprSocial.Faults.Tests.Driving;

public sealed class AcknowledgementTests
{
    private static readonly Acknowledgement _created = new("post-1", HasChanged: true);

    [Fact]
    public void Judge_LoggedOnceAsAcknowledged_IsRight() => Assert.Empty(_created.Judge(Logged("post-1", 1)));

    [Fact]
    public void Judge_NotLogged_IsWrong() =>
        Assert.Contains("not in the log", _created.Judge(null), StringComparison.Ordinal);

    [Fact]
    public void Judge_LoggedTwice_IsWrong() =>
        Assert.Contains("2 times", _created.Judge(Logged("post-1", 2)), StringComparison.Ordinal);

    [Fact]
    public void Judge_LoggedAsAnother_IsWrong() =>
        Assert.Contains("post-2", _created.Judge(Logged("post-2", 1)), StringComparison.Ordinal);

    [Fact]
    public void Judge_NothingToChange_MayBeAbsentButNotTwice()
    {
        var follow = new Acknowledgement("", HasChanged: false);

        Assert.Empty(follow.Judge(null));
        Assert.Empty(follow.Judge(Logged("edge", 1)));
        Assert.NotEmpty(follow.Judge(Logged("edge", 2)));
    }

    private static LoggedRequest Logged(string entity, int count) => new(entity, DateTimeOffset.UnixEpoch, count);
}
