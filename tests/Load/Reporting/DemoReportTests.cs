using System.Text.Json;
using DaprSocial.Load.Reporting;

namespace DaprSocial.Load.Tests.Reporting;

public sealed class DemoReportTests
{
    private static readonly DemoReport Report = new()
    {
        Seed = 7,
        Graph = "some.edges",
        Texts = "generated",
        Follows = new FollowFigures(37_624, 377, 37_247),
        Activity = new ActivityFigures(962, 2_000, 198, 97, 61, 5_912, 288, 377, 3),
        Writes = new WriteFigures(46_000, 0, 0, 0, 12, 2, 11.5, 4_000, 0.25),
        CommitToVisible = null,
        Checked = new CheckFigures(962, 962, 1_924, 962, 1_924, 2_000, 120, 900, 1_800, 12_345, 234_567, 46_012),
        DifferenceCount = 0,
        Differences = [],
        HomeTimeline = new SampleTimeline(
            "Ada Ito", "ada_1", [new SampleEntry("p", "Li Xu", "li_2", "one\ntwo\u001b[31m", false, 4, 1)]),
        Searches =
        [
            new SampleSearch("hosue", "house", [new SampleEntry("q", "Li Xu", "li_2", "a\u001b house", false, 0, 0)]),
        ],
    };

    [Fact]
    public void WriteText_Searches_ShowQueryCorrectionAndHits()
    {
        var text = Text(Report);

        Assert.Contains("Search: hosue (also: house)", text, StringComparison.Ordinal);
        Assert.Contains("1,800 posts found by their words in 900 searches", text, StringComparison.Ordinal);
    }

    [Fact]
    public void WriteText_NoDifferences_EndsInTheFollows()
    {
        var text = Text(Report);

        const string last = "loaded 37,624 follows, 377 unfollowed, 37,247 now, all checked\n";
        Assert.EndsWith(last, text, StringComparison.Ordinal);
        Assert.Contains("3 that break the limits", text, StringComparison.Ordinal);
        Assert.Contains("\n0 differences\n", text, StringComparison.Ordinal);
        Assert.Equal(0, Report.ExitCode);
    }

    [Fact]
    public void WriteText_TextsOfOthers_CannotSteerTheTerminal()
    {
        var text = Text(Report);

        Assert.DoesNotContain('\u001b', text);
        Assert.Contains("one two", text, StringComparison.Ordinal);
    }

    [Fact]
    public void WriteText_ManyDifferences_ShowsTwentyAndTheCount()
    {
        var differences = Enumerable.Range(0, 1_000)
            .Select(_ => new Difference(DifferenceKind.MissingEntry, "home timeline", "ada_1", "a", "b", "entry 1"))
            .ToArray();
        var wrong = Report with { DifferenceCount = 4_321, Differences = differences };

        var text = Text(wrong);

        Assert.Equal(20, text.Split('\n').Count(line => line.StartsWith("! MissingEntry", StringComparison.Ordinal)));
        Assert.Contains("! and 4,301 more", text, StringComparison.Ordinal);
        Assert.Contains("4,321 differences", text, StringComparison.Ordinal);
        Assert.DoesNotContain("all checked", text, StringComparison.Ordinal);
        Assert.Equal(1, wrong.ExitCode);
    }

    [Fact]
    public void ToJson_Report_IsOneObjectWithTheFigures()
    {
        using var json = JsonDocument.Parse(Report.ToJson());

        Assert.Equal(37_624, json.RootElement.GetProperty("follows").GetProperty("loaded").GetInt32());
        Assert.Equal(0, json.RootElement.GetProperty("differenceCount").GetInt64());
        Assert.Equal(0, json.RootElement.GetProperty("exitCode").GetInt32());
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("commitToVisible").ValueKind);
    }

    [Fact]
    public void ToJson_Difference_HasItsKindByName()
    {
        var difference = new Difference(DifferenceKind.LostWrite, "CreatePost", "ada_1", "a", "b", "c");
        var json = (Report with { DifferenceCount = 1, Differences = [difference] }).ToJson();

        Assert.Contains("\"LostWrite\"", json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(100, 50, 99)]
    [InlineData(200, 100, 198)]
    public void VisibilityFigures_Samples_AreNearestRanks(int count, double p50, double p99)
    {
        var samples = Enumerable.Range(1, count).Reverse().Select(ms => TimeSpan.FromMilliseconds(ms)).ToArray();

        Assert.Equal(new VisibilityFigures(count, p50, p99), VisibilityFigures.From(samples));
        Assert.Null(VisibilityFigures.From([]));
    }

    private static string Text(DemoReport report)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        report.WriteText(writer);
        return writer.ToString();
    }
}
