using System.Text.Json;
using DaprSocial.Load.Generation;
using DaprSocial.Load.Tests.Fakes;

namespace DaprSocial.Load.Tests;

/// <summary>Runs the whole demo against services in memory, over real sockets.</summary>
public sealed class DemoRunnerTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFile _graph = new(string.Join(
        '\n', PowerLawGraph.Generate("test", 30).Edges.Select(edge => $"{edge.Low} {edge.High}")));

    private FakeMesh _mesh = null!;

    public async Task InitializeAsync() => _mesh = await FakeMesh.StartAsync(CancellationToken.None);

    public async Task DisposeAsync() => await _mesh.DisposeAsync();

    public void Dispose() => _graph.Dispose();

    [Fact]
    public async Task Run_RightServices_FindsNoDifference()
    {
        var progress = new RecordingProgress();

        var report = await RunAsync(seed: 1, progress);

        Assert.Empty(report.Differences);
        Assert.Equal(0, report.ExitCode);
        Assert.Equal(30, report.Writes.NewUsers);
        Assert.Equal(200, report.Writes.NewPosts);
        Assert.Equal(report.Writes.Sent, report.Writes.New);
        Assert.Equal(_mesh.Social.EventCount, report.Writes.New);
        Assert.Equal(30, report.Checked.HomeTimelines);
        Assert.Equal(3 * 30, report.Checked.AuthorTimelines);
        Assert.Equal(200, report.Checked.Posts);
        Assert.Equal(200, report.CommitToVisible!.Samples);
        Assert.Equal(report.Follows.Loaded, report.Follows.Unfollowed + report.Follows.Now);
        Assert.True(report.Follows.Unfollowed > 0);
        Assert.Equal(10, report.HomeTimeline!.Entries.Count);
        Assert.NotEmpty(report.Thread!.Replies);
        Assert.All(progress.Stages.Values, stage => Assert.Equal(stage.Total, stage.Done));
        Assert.Contains("checking", progress.Stages.Keys);
        Assert.Contains("0 differences", Text(report), StringComparison.Ordinal);
        JsonDocument.Parse(report.ToJson()).Dispose();
    }

    [Fact]
    public async Task Run_OwnGenerators_FindsNoDifference()
    {
        var options = Options(seed: 1) with { GraphFile = null, PostCount = 100 };

        var report = await DemoRunner.RunAsync(
            options, _mesh.Social, new RecordingProgress(), CancellationToken.None);

        Assert.Empty(report.Differences);
        Assert.Equal(200, report.Activity.Users);
    }

    [Fact]
    public async Task Run_SameSeedAgain_CreatesNothing()
    {
        var first = await RunAsync(seed: 1);
        var eventCount = _mesh.Social.EventCount;

        var second = await RunAsync(seed: 1);

        Assert.Empty(second.Differences);
        Assert.Equal(0, second.Writes.New);
        Assert.Equal(first.Writes.Sent, second.Writes.Sent);
        Assert.Equal(eventCount, _mesh.Social.EventCount);
        Assert.Equal(first.Follows, second.Follows);
        Assert.Equal(first.Checked, second.Checked);
        Assert.Null(second.CommitToVisible);
    }

    [Fact]
    public async Task Run_SameSeedAfterRequestIdsAreForgotten_CreatesNothing()
    {
        await RunAsync(seed: 1);
        var eventCount = _mesh.Social.EventCount;
        _mesh.Social.ForgetRequests();
        var dayLater = Options(seed: 1) with { Clock = new ShiftedClock(TimeSpan.FromHours(25)) };

        var report = await DemoRunner.RunAsync(
            dayLater, _mesh.Social, new RecordingProgress(), CancellationToken.None);

        Assert.Empty(report.Differences);
        Assert.Equal(0, report.Writes.New);
        Assert.Equal(eventCount, report.Writes.LeftOut);
        Assert.Equal(eventCount, _mesh.Social.EventCount);
    }

    [Fact]
    public async Task Run_HandleTakenByAnUnknownRequest_TakesTheUserWhoIsThere()
    {
        await RunAsync(seed: 1);
        var eventCount = _mesh.Social.EventCount;
        _mesh.Social.ForgetRequests();
        foreach (var created in _mesh.Social.Logs["users"].Events)
        {
            created.RequestId = "";
        }

        var dayLater = Options(seed: 1) with { Clock = new ShiftedClock(TimeSpan.FromHours(25)) };
        var report = await DemoRunner.RunAsync(
            dayLater, _mesh.Social, new RecordingProgress(), CancellationToken.None);

        Assert.Empty(report.Differences);
        Assert.Equal(0, report.Writes.NewUsers);
        Assert.Equal(eventCount, _mesh.Social.EventCount);
        Assert.Equal(30, _mesh.Social.Users.Count);
    }

    [Fact]
    public async Task Run_AnotherSeed_AddsToTheSamePeople()
    {
        var first = await RunAsync(seed: 1);

        var second = await RunAsync(seed: 2);

        Assert.Empty(second.Differences);
        Assert.Equal(0, second.Writes.NewUsers);
        Assert.Equal(200, second.Writes.NewPosts);
        Assert.Equal(400, second.Checked.Posts);
        Assert.Equal(first.Follows.Loaded, second.Follows.Loaded);
        Assert.True(second.Follows.Unfollowed >= first.Follows.Unfollowed);
        Assert.Equal(_mesh.Social.Follows.Values.Count(follow => follow.Following), second.Follows.Now);
    }

    [Theory]
    [InlineData("users", 10)]
    [InlineData("follows", 50)]
    [InlineData("activity", 150)]
    public async Task Run_InterruptedAndRepeated_EndsAsIfItNeverWas(string stage, long atAction)
    {
        using var interruption = new CancellationTokenSource();
        var progress = new RecordingProgress((name, done) =>
        {
            if (name == stage && done >= atAction)
            {
                interruption.Cancel();
            }
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => DemoRunner.RunAsync(
            Options(seed: 1), _mesh.Social, progress, interruption.Token));
        var before = _mesh.Social.EventCount;

        var report = await RunAsync(seed: 1);

        Assert.True(before > 0);
        Assert.Empty(report.Differences);
        Assert.Equal(200, _mesh.Social.Posts.Count);
        Assert.Equal(_mesh.Social.EventCount - before, report.Writes.New);
    }

    [Fact]
    public async Task Run_AnswersGetLost_RetriesAndDoesNothingTwice()
    {
        _mesh.Social.LoseAnswerOneIn = 20;

        var report = await RunAsync(seed: 1);

        Assert.Empty(report.Differences);
        Assert.True(report.Writes.Retries > 10);
        Assert.Equal(200, _mesh.Social.Posts.Count);
    }

    [Theory]
    [InlineData(Fault.HomeLeavesOneOut, DifferenceKind.MissingEntry, "home timeline")]
    [InlineData(Fault.HomeShowsAStranger, DifferenceKind.ExtraEntry, "home timeline")]
    [InlineData(Fault.HomeSwapsTwo, DifferenceKind.WrongOrder, "home timeline")]
    [InlineData(Fault.HomeRepeatsOverPages, DifferenceKind.DuplicateEntry, "home timeline")]
    [InlineData(Fault.HomeKeepsDeleted, DifferenceKind.ExtraEntry, "home timeline")]
    [InlineData(Fault.HomeIsIncomplete, DifferenceKind.NotComplete, "home timeline")]
    [InlineData(Fault.HomeIsStale, DifferenceKind.NotComplete, "home timeline")]
    [InlineData(Fault.HomeIsRefused, DifferenceKind.CallRefused, "home timeline")]
    [InlineData(Fault.HomeNeverEnds, DifferenceKind.BrokenPaging, "home timeline")]
    [InlineData(Fault.HomeForgetsAuthors, DifferenceKind.WrongContent, "hydrated home timeline")]
    [InlineData(Fault.AuthorTimelineLeaksFollowersOnly, DifferenceKind.ExtraEntry, "author timeline as")]
    [InlineData(Fault.LikeCountIsOff, DifferenceKind.WrongCount, "hydrated home timeline")]
    [InlineData(Fault.ReplyCountIsOff, DifferenceKind.WrongCount, "posts by id")]
    [InlineData(Fault.ViewerLikeIsLost, DifferenceKind.WrongContent, "hydrated home timeline")]
    [InlineData(Fault.FollowerCountIsOff, DifferenceKind.WrongCount, "number of followers")]
    [InlineData(Fault.FollowerIsLost, DifferenceKind.MissingEntry, "followers")]
    [InlineData(Fault.FolloweesAreOldestFirst, DifferenceKind.WrongOrder, "followees")]
    [InlineData(Fault.DeletedPostIsServed, DifferenceKind.ExtraEntry, "posts by id")]
    [InlineData(Fault.RepliesLeaveOneOut, DifferenceKind.MissingEntry, "replies to")]
    [InlineData(Fault.PostIsLost, DifferenceKind.LostWrite, "CreatePost")]
    [InlineData(Fault.EventIsLost, DifferenceKind.LostWrite, "CreatePost")]
    [InlineData(Fault.TimelinesAreParked, DifferenceKind.NotCaughtUp, "timelines service")]
    [InlineData(Fault.SearchLeavesOneOut, DifferenceKind.MissingEntry, "search for own words")]
    [InlineData(Fault.SearchFindsDeleted, DifferenceKind.ExtraEntry, "search for own words")]
    [InlineData(Fault.SearchLeaksFollowersOnly, DifferenceKind.ExtraEntry, "search for own words")]
    public async Task Run_OneThingWrong_IsReported(Fault fault, DifferenceKind kind, string listing)
    {
        _mesh.Social.Fault = fault;

        var report = await RunAsync(seed: 1);

        Assert.Equal(1, report.ExitCode);
        Assert.True(report.DifferenceCount > 0);
        Assert.Contains(report.Differences, difference => difference.Kind == kind
            && difference.Listing.StartsWith(listing, StringComparison.Ordinal));
        Assert.DoesNotContain("all checked", Text(report), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_RequestIdsIgnored_ReportsRepeatedWrites()
    {
        await RunAsync(seed: 1);
        _mesh.Social.Fault = Fault.RequestIdIsIgnored;

        var report = await RunAsync(seed: 1);

        Assert.Contains(report.Differences, difference => difference.Kind == DifferenceKind.RepeatedWrite);
    }

    [Fact]
    public async Task Run_BrokenInput_SendsNothing()
    {
        using var broken = new TemporaryFile("1 2\n2 x\n");
        var options = Options(seed: 1) with { GraphFile = broken.Path };

        var refusal = await Assert.ThrowsAsync<InputException>(() => DemoRunner.RunAsync(
            options, _mesh.Social, new RecordingProgress(), CancellationToken.None));

        Assert.Equal(2, refusal.Line);
        Assert.Equal(0, _mesh.Social.EventCount);
    }

    private Task<DemoReport> RunAsync(long seed, RecordingProgress? progress = null) =>
        DemoRunner.RunAsync(
            Options(seed), _mesh.Social, progress ?? new RecordingProgress(), CancellationToken.None);

    private DemoOptions Options(long seed) => new()
    {
        EdgeAddress = _mesh.Address,
        PostgresConnectionString = "",
        GraphFile = _graph.Path,
        Seed = seed,
        PostCount = 200,
        Concurrency = 16,
    };

    private static string Text(DemoReport report)
    {
        using var writer = new StringWriter();
        report.WriteText(writer);
        return writer.ToString();
    }
}
