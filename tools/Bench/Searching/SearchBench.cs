using System.Diagnostics;
using Dapper;
using DaprSocial.Load;
using DaprSocial.Load.Generation;
using DaprSocial.Load.Input;
using Npgsql;

namespace DaprSocial.Bench.Searching;

/// <summary>
/// Measures loading and asking the index, beside a plain tsvector query on the same posts in the same run.
/// </summary>
public static class SearchBench
{
    // What a batch of the projection holds at most.
    private const int BatchSize = 512;
    private const int PageSize = 20;
    private const int GeneratedTextCount = 20_000;

    /// <param name="target">Empty; what is put stays in it.</param>
    /// <param name="connectionString">The database of index and peer.</param>
    /// <param name="options">How much.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="BenchException">The database does not answer, or the texts cannot be used.</exception>
    public static async Task<SearchReport> RunAsync(
        ISearchTarget target, string connectionString, SearchBenchOptions options, IDemoProgress progress,
        CancellationToken cancellationToken)
    {
        try
        {
            var texts = options.TextsFile is { } file
                ? await PostTextReader.ReadAsync(file, cancellationToken)
                : TextGenerator.Generate("search", GeneratedTextCount);
            await using var source = NpgsqlDataSource.Create(connectionString);
            var plain = new PlainSearch(source);
            await plain.CreateAsync(cancellationToken);
            var report = await RunAsync(
                target, plain, source, texts.Texts, options.PostCount, progress, cancellationToken);
            await plain.DropAsync(cancellationToken);
            return report;
        }
        catch (NpgsqlException exception)
        {
            throw new BenchException($"the database refuses or does not answer: {exception.Message}", exception);
        }
        catch (InputException exception)
        {
            throw new BenchException(exception.Message, exception);
        }
    }

    private static async Task<SearchReport> RunAsync(
        ISearchTarget target, PlainSearch plain, NpgsqlDataSource source, IReadOnlyList<PostText> texts, int postCount,
        IDemoProgress progress, CancellationToken cancellationToken)
    {
        // Batches take turns, so that both meet the same moods of the machine.
        var (indexTime, plainTime, done) = (TimeSpan.Zero, TimeSpan.Zero, 0);
        foreach (var batch in BenchPosts.Make(texts, postCount).Chunk(BatchSize))
        {
            indexTime += await TimeAsync(() => target.PutAsync(batch, cancellationToken));
            plainTime += await TimeAsync(() => plain.PutAsync(batch, cancellationToken));
            progress.Report("indexing", done += batch.Length, postCount);
        }

        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        // What autovacuum does in its time: statistics for plans, and no pending entries of the GIN indexes.
        await connection.ExecuteAsync(new CommandDefinition(
            "vacuum analyze", commandTimeout: 0, cancellationToken: cancellationToken));
        var kinds = SearchKinds.Make(texts);
        var figures = new List<SearchFigures>();
        foreach (var kind in kinds)
        {
            figures.Add(await MeasureAsync(target, plain, kind, cancellationToken));
            progress.Report("asking", figures.Count, kinds.Count);
        }

        return new SearchReport(
            postCount, texts.Count, kinds[0].Queries.Count,
            await BenchEnvironment.ReadAsync(connection, cancellationToken), postCount / indexTime.TotalSeconds,
            postCount / plainTime.TotalSeconds, figures);
    }

    private static async Task<SearchFigures> MeasureAsync(
        ISearchTarget target, PlainSearch plain, SearchKind kind, CancellationToken cancellationToken)
    {
        var (index, peer) = (new List<(double, int)>(), new List<(double, int)>());
        // The first round warms up.
        for (var round = 0; round < 2; round++)
        {
            index.Clear();
            peer.Clear();
            for (var number = 0; number < kind.Queries.Count; number++)
            {
                index.Add(await TimeAsync(
                    () => target.SearchAsync(kind.Queries[number], kind.IsTop, PageSize, cancellationToken)));
                if (kind.PlainFunction is { } function)
                {
                    peer.Add(await TimeAsync(
                        () => plain.SearchAsync(function, kind.PlainQueries[number], PageSize, cancellationToken)));
                }
            }
        }

        return new SearchFigures(kind.Name, Latencies.Of(index), peer.Count > 0 ? Latencies.Of(peer) : null);
    }

    private static async Task<TimeSpan> TimeAsync(Func<Task> workAsync)
    {
        var start = Stopwatch.GetTimestamp();
        await workAsync();
        return Stopwatch.GetElapsedTime(start);
    }

    private static async Task<(double Ms, int Found)> TimeAsync(Func<Task<int>> workAsync)
    {
        var start = Stopwatch.GetTimestamp();
        var found = await workAsync();
        return (Stopwatch.GetElapsedTime(start).TotalMilliseconds, found);
    }
}
