using System.Globalization;

namespace DaprSocial.Load.Reporting;

/// <summary>Writes a report for people.</summary>
internal sealed class TextReport(DemoReport report)
{
    private const int ShownDifferencesMax = 20;
    private const int TextGraphemesMax = 70;

    public void Write(TextWriter writer)
    {
        Line(writer, $"graph: {report.Graph}; texts: {report.Texts}; seed {report.Seed}");
        writer.WriteLine();
        WriteSamples(writer);
        WriteFigures(writer);
        WriteDifferences(writer);
        writer.WriteLine();
        WriteVerdict(writer);
    }

    private void WriteFigures(TextWriter writer)
    {
        var (activity, writes) = (report.Activity, report.Writes);
        Figure(writer, "users", $"{activity.Users:N0} ({writes.NewUsers:N0} new)");
        Figure(writer, "posts", $"{activity.Posts:N0} ({writes.NewPosts:N0} new)");
        Figure(writer, "of them", $"{activity.Replies:N0} replies, {activity.FollowersOnly:N0} for followers only");
        Figure(writer, "deletes", $"{activity.Deletes:N0}");
        Figure(writer, "likes", $"{activity.Likes:N0}, {activity.Unlikes:N0} taken back");
        if (activity.SkippedTexts > 0)
        {
            Figure(writer, "texts left out", $"{activity.SkippedTexts:N0} that break the limits of a post");
        }

        Figure(writer, "writes", $"{writes.Sent:N0} acknowledged ({writes.New:N0} new), {writes.Retries:N0} retries");
        if (writes.LeftOut > 0)
        {
            Figure(writer, "not sent again", $"{writes.LeftOut:N0} that an earlier run did over 12 hours ago");
        }

        Figure(writer, "write rate", $"{writes.PerSecond:N0}/s over {writes.Seconds:N1} s");
        Figure(writer, "commit to visible", Describe(report.CommitToVisible));
        Figure(writer, "caught up", $"{writes.CatchUpSeconds:N1} s after the last write");
        WriteChecks(writer, report.Checked);
        if (report.Pictures is { } pictures)
        {
            Figure(
                writer, "pictures",
                $"{pictures.Posts:N0} in {pictures.Variants:N0} files, {pictures.Bytes:N0} bytes over HTTP and gRPC");
        }
    }

    private static void WriteChecks(TextWriter writer, CheckFigures checks)
    {
        Figure(writer, "checked", $"{checks.HomeTimelines:N0} home timelines");
        Figure(writer, "", $"{checks.AuthorTimelines:N0} author timelines");
        Figure(writer, "", $"{checks.RelationLists:N0} lists of followers and followees");
        Figure(writer, "", $"{checks.RelationCounts:N0} pairs of their counts");
        Figure(writer, "", $"{checks.Posts:N0} posts with their counts, {checks.Threads:N0} threads");
        Figure(writer, "", $"{checks.FoundPosts:N0} posts found by their words in {checks.Searches:N0} searches");
        Figure(writer, "", $"{checks.Writes:N0} acknowledged writes");
        Figure(writer, "in all", $"{checks.Entries:N0} entries on {checks.Pages:N0} pages");
    }

    private void WriteVerdict(TextWriter writer)
    {
        var follows = report.Follows;
        var verdict = report.DifferenceCount == 0 ? "all checked" : "NOT all right";
        Line(writer, $"{report.DifferenceCount:N0} differences");
        Line(
            writer,
            $"loaded {follows.Loaded:N0} follows, {follows.Unfollowed:N0} unfollowed, {follows.Now:N0} now, {verdict}");
    }

    private void WriteDifferences(TextWriter writer)
    {
        if (report.DifferenceCount == 0)
        {
            return;
        }

        writer.WriteLine();
        foreach (var difference in report.Differences.Take(ShownDifferencesMax))
        {
            Line(writer, $"! {OneLine.Of(difference.ToString(), 300)}");
        }

        if (report.DifferenceCount > ShownDifferencesMax)
        {
            Line(writer, $"! and {report.DifferenceCount - ShownDifferencesMax:N0} more");
        }
    }

    private void WriteSamples(TextWriter writer)
    {
        if (report.HomeTimeline is { } home)
        {
            Line(writer, $"Home timeline of {home.Name} (@{home.Handle})");
            WriteEntries(writer, home.Entries);
            writer.WriteLine();
        }

        if (report.Thread is { } thread)
        {
            Line(writer, $"A thread, begun by {OneLine.Of(thread.Post.Name, TextGraphemesMax)}");
            WriteEntries(writer, [thread.Post, .. thread.Replies]);
            writer.WriteLine();
        }

        if (report.Pictures?.Sample is { } picture)
        {
            Line(writer, $"A picture: {OneLine.Of(picture.Text, TextGraphemesMax)}");
            Line(writer, $"  {picture.Width} x {picture.Height} pixels: {picture.AltText}");
            Line(writer, $"  blurhash {picture.Blurhash}");
            foreach (var url in picture.Urls)
            {
                Line(writer, $"  {url}");
            }

            writer.WriteLine();
        }

        foreach (var search in report.Searches)
        {
            var corrected = search.Corrected.Length > 0 ? $" (also: {search.Corrected})" : "";
            Line(writer, $"Search: {search.Query}{corrected}");
            WriteEntries(writer, search.Hits);
            writer.WriteLine();
        }
    }

    private static void WriteEntries(TextWriter writer, IReadOnlyList<SampleEntry> entries)
    {
        foreach (var entry in entries)
        {
            var name = OneLine.Of(entry.Name, 24).PadRight(24);
            var text = OneLine.Of(entry.Text, TextGraphemesMax);
            var mark = entry.Reply ? "↳ " : "";
            Line(writer, $"  {name} {entry.LikeCount,4:N0} likes {entry.ReplyCount,3:N0} replies  {mark}{text}");
        }
    }

    private static FormattableString Describe(VisibilityFigures? figures) => figures switch
    {
        null => $"nothing new to watch",
        var (samples, p50Ms, p99Ms) => $"p50 {p50Ms:N1} ms, p99 {p99Ms:N1} ms ({samples:N0} posts watched)",
    };

    private static void Figure(TextWriter writer, string name, FormattableString text) =>
        writer.WriteLine($"{name,-19}{text.ToString(CultureInfo.InvariantCulture)}");

    private static void Line(TextWriter writer, FormattableString text) =>
        writer.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
