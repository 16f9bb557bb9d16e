using DaprSocial.Events;
using DaprSocial.Load;
using DaprSocial.Verify.Answers;
using DaprSocial.Verify.Comparing;
using DaprSocial.Verify.Explaining;
using DaprSocial.Verify.Projections;
using Npgsql;

namespace DaprSocial.Verify;

/// <summary>
/// Recomputes the projections from the command stores, at the state that the streams' heads name, and reports what
/// differs and why. A load may run meanwhile.
/// </summary>
public static class Verifier
{
    private const int RoundsMax = 5;
    private const int SampleSizeMin = 10;
    private const int SampleSizeMax = 100_000;
    internal const string Answers = "answers";

    private static readonly IReadOnlyList<Comparison> _comparisons =
    [
        .. UserComparisons.All, .. PostComparisons.All, .. GraphComparisons.All, .. TimelineComparisons.All,
        .. MediaComparisons.All,
        .. SearchComparisons.All,
    ];

    /// <exception cref="VerifyException">The database or the mesh does not answer.</exception>
    public static async Task<VerifyReport> RunAsync(
        VerifyOptions options, IDemoProgress progress, CancellationToken cancellationToken)
    {
        if (options.SampleSize is { } size)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(size, SampleSizeMin);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(size, SampleSizeMax);
        }

        try
        {
            return await RunOnceAsync(options, progress, cancellationToken);
        }
        catch (NpgsqlException exception)
        {
            throw new VerifyException($"the stores cannot be read: {exception.Message}", exception);
        }
        catch (DemoException exception)
        {
            throw new VerifyException(exception.Message, exception);
        }
    }

    private static async Task<VerifyReport> RunOnceAsync(
        VerifyOptions options, IDemoProgress progress, CancellationToken cancellationToken)
    {
        var start = options.Clock.GetTimestamp();
        await using var source = NpgsqlDataSource.Create(options.PostgresConnectionString);
        var barrier = new CheckpointBarrier(source, options, progress);
        var tables = await CompareAsync(source, barrier, options, progress, cancellationToken);
        var differences = await ExplainAsync(source, tables, cancellationToken);
        var reports = tables.Select(table => new TableReport(
            table.Comparison.AppId, table.Comparison.Name, table.Compared, table.DifferenceCount, table.MovingCount))
            .ToList();
        var answerCount = 0L;
        if (options.EdgeAddress is { } edge)
        {
            await barrier.WaitAsync(cancellationToken);
            var answers = await new AnswerVerification(source, options, barrier, progress)
                .RunAsync(edge, cancellationToken);
            answerCount = answers.AnswerCount;
            var areTablesRight = differences.Count == 0;
            differences.AddRange(answers.Differences.Select(answer => Convert(answer, areTablesRight)));
            // A projection's answers are as wrong as its tables, so they are named apart and count once.
            reports.Add(new TableReport(Answers, Answers, answerCount, answers.DifferenceCount, 0));
        }

        return new VerifyReport(
            options.Clock.GetUtcNow(), options.Clock.GetElapsedTime(start), options.SampleSize, answerCount, reports,
            differences);
    }

    private static async Task<List<TableVerification>> CompareAsync(
        NpgsqlDataSource source, CheckpointBarrier barrier, VerifyOptions options, IDemoProgress progress,
        CancellationToken cancellationToken)
    {
        var tables = new List<TableVerification>();
        for (var round = 1; round <= RoundsMax; round++)
        {
            await barrier.WaitAsync(cancellationToken);
            await using var snapshot = await Snapshot.TakeAsync(source, cancellationToken);
            if (round == 1)
                tables = await PlanAsync(snapshot, options, cancellationToken);
            var open = tables.Where(table => table.Next is not null).ToList();
            foreach (var (done, table) in open.Index())
            {
                table.Take(await snapshot.CompareAsync(table.Comparison, table.Next!, cancellationToken));
                progress.Report(round == 1 ? "comparing tables" : "comparing again", done + 1, open.Count);
            }

            if (tables.TrueForAll(table => table.Next is null))
                break;
        }

        return tables;
    }

    private static async Task<List<TableVerification>> PlanAsync(
        Snapshot snapshot, VerifyOptions options, CancellationToken cancellationToken)
    {
        var tables = new List<TableVerification>();
        foreach (var comparison in _comparisons)
        {
            var scope = options.SampleSize is { } size
                ? await snapshot.SampleAsync(comparison, size, options.Seed, cancellationToken)
                : Scope.Everything;
            tables.Add(new TableVerification(comparison, scope));
        }

        return tables;
    }

    private static async Task<List<VerifyDifference>> ExplainAsync(
        NpgsqlDataSource source, List<TableVerification> tables, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        var names = await SchemaNames.ReadAsync(connection, cancellationToken);
        var explained = new List<VerifyDifference>();
        foreach (var table in tables.Where(table => table.Differences.Count > 0))
        {
            var comparison = table.Comparison;
            var states = await EventStateStore.ReadAsync(
                connection, names, comparison, [.. table.Differences.Select(row => row.Key)], cancellationToken);
            explained.AddRange(table.Differences.Select((row, place) => new VerifyDifference(
                comparison.AppId, comparison.Name, row.KeyText, row.Columns(), row.Expected, row.Actual,
                Cause.Of(row, states.ElementAtOrDefault(place)))));
        }

        return explained;
    }

    private static VerifyDifference Convert(Difference answer, bool areTablesRight) => new(
        ServiceOf(answer.Listing), $"{Answers}: {answer.Listing}", $"{answer.User}, {answer.Place}", [],
        answer.Expected, answer.Actual,
        areTablesRight
            ? $"{answer.Kind}; the projected tables are right, the answer is not"
            : $"{answer.Kind}; projected tables differ, too");

    private static string ServiceOf(string listing) =>
        listing.Contains("timeline", StringComparison.Ordinal) ? AppIds.Timelines
        : listing.Contains("follow", StringComparison.Ordinal) || listing.Contains("relation", StringComparison.Ordinal)
            ? AppIds.Graph
        : AppIds.Posts;
}
