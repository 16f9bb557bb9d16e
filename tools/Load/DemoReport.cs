using System.Text.Json;
using DaprSocial.Load.Reporting;

namespace DaprSocial.Load;

/// <summary>What a run did, and whether every answer was right.</summary>
public sealed record DemoReport
{
    public required long Seed { get; init; }

    /// <summary>The graph's file or what was generated.</summary>
    public required string Graph { get; init; }

    /// <summary>The texts' file or what was generated.</summary>
    public required string Texts { get; init; }

    public required FollowFigures Follows { get; init; }

    public required ActivityFigures Activity { get; init; }

    public required WriteFigures Writes { get; init; }

    /// <summary>Null when no new post was written.</summary>
    public required VisibilityFigures? CommitToVisible { get; init; }

    public required CheckFigures Checked { get; init; }

    public required long DifferenceCount { get; init; }

    /// <summary>The first thousand at most.</summary>
    public required IReadOnlyList<Difference> Differences { get; init; }

    /// <summary>Null when nobody has a timeline or it could not be read.</summary>
    public SampleTimeline? HomeTimeline { get; init; }

    /// <summary>Null when no post has a reply or it could not be read.</summary>
    public SampleThread? Thread { get; init; }

    /// <summary>Null when the run was one without pictures.</summary>
    public PictureFigures? Pictures { get; init; }

    /// <summary>Queries with what they found; empty when there is nothing to search for.</summary>
    public IReadOnlyList<SampleSearch> Searches { get; init; } = [];

    /// <summary>0 when there is no difference, else 1.</summary>
    public int ExitCode => DifferenceCount == 0 ? 0 : 1;

    /// <summary>Writes the report for people.</summary>
    public void WriteText(TextWriter writer) => new TextReport(this).Write(writer);

    /// <summary>The report for machines: one JSON object.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, DemoReportJsonContext.CreateReadable().DemoReport);
}
