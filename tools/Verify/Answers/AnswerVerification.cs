using DaprSocial.Load;
using DaprSocial.Load.Checking;
using DaprSocial.Load.Driving;
using DaprSocial.Verify.Comparing;
using Grpc.Core;
using Npgsql;

namespace DaprSocial.Verify.Answers;

/// <summary>
/// Reads listings through the services and compares them with the command stores: every one, or some home timelines.
/// </summary>
/// <remarks>
/// What is missing in two rounds, at the same place and with the same words, was not late: between them the projections
/// catch up.
/// </remarks>
internal sealed class AnswerVerification(
    NpgsqlDataSource source, VerifyOptions options, CheckpointBarrier barrier, IDemoProgress progress)
{
    private const int Concurrency = 16;
    private const int RoundsMax = 5;
    private const int HomeTimelineShare = 10;
    private const int HomeTimelineCountMin = 20;

    /// <exception cref="VerifyException">The mesh does not answer.</exception>
    public async Task<AnswerReport> RunAsync(Uri edgeAddress, CancellationToken cancellationToken)
    {
        using var mesh = new Mesh(edgeAddress, options.Clock);
        try
        {
            var open = new HashSet<Difference>();
            for (var round = 1; ; round++)
            {
                var context = await RunOnceAsync(mesh, cancellationToken);
                var found = context.Differences.Kept();
                var settled = found.Where(open.Contains).ToList();
                var answers = context.Tally.HomeTimelines + context.Tally.AuthorTimelines + context.Tally.RelationLists
                    + context.Tally.RelationCounts + context.Tally.Threads + context.Tally.Posts;
                if (found.Count == settled.Count || round == RoundsMax)
                {
                    var count = settled.Count == found.Count ? context.Differences.Count : settled.Count;
                    return new AnswerReport(answers, count, settled);
                }

                open = [.. found];
                await barrier.WaitAsync(cancellationToken);
            }
        }
        catch (RpcException exception)
        {
            throw new VerifyException($"the mesh does not answer: {Refusals.Describe(exception)}", exception);
        }
    }

    private async Task<CheckContext> RunOnceAsync(Mesh mesh, CancellationToken cancellationToken)
    {
        if (options.HasAllAnswers)
        {
            var everything = new PostgresCommandStoreReader(options.PostgresConnectionString);
            var stores = await everything.ReadAsync(cancellationToken);
            var all = ContextOf(mesh, stores);
            await new Checker(all, Concurrency).RunAsync(progress, cancellationToken);
            return all;
        }

        var reader = new SampledStoreReader(source, UserCount(), options.Seed);
        var context = ContextOf(mesh, await reader.ReadAsync(cancellationToken));
        var timelines = new TimelineCheck(context);
        var bounds = new ParallelOptions
        {
            MaxDegreeOfParallelism = Concurrency,
            CancellationToken = cancellationToken,
        };
        await Parallel.ForEachAsync(
            reader.Readers, bounds, async (user, token) => await timelines.CheckHomeAsync(user, token));
        return context;
    }

    private int UserCount() =>
        options.SampleSize is { } size ? Math.Max(1, size / HomeTimelineShare) : HomeTimelineCountMin;

    private CheckContext ContextOf(Mesh mesh, CommandStores stores) =>
        new(mesh, new SocialModel(stores), new DifferenceLog(), new CheckTally(), options.Seed);
}
