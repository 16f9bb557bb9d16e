using System.Diagnostics;
using DaprSocial.Faults.Driving;
using DaprSocial.Faults.Running;
using DaprSocial.Load;
using DaprSocial.Load.Checking;
using DaprSocial.Load.Driving;

namespace DaprSocial.Faults.Checking;

/// <summary>
/// Once nothing disturbs and nobody writes: lets the services catch up, then holds every list, count and post against
/// the command stores, and every acknowledged write against stores and logs.
/// </summary>
internal sealed class QuietCheck(
    FaultOptions options, IFaultStores stores, Uri edgeAddress, FaultLoad load, FaultHistory history)
{
    private const int Concurrency = 16;

    private readonly List<int> _catchUpMs = [];
    private readonly CheckTally _tally = new();

    public IReadOnlyList<int> CatchUpMs => _catchUpMs;

    public long PagesChecked => _tally.Pages;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await CatchUpAsync(load.Tokens, cancellationToken);
        await load.Log.CatchUpAsync("reading the logs", SilentProgress.Instance, cancellationToken);
        var model = await ReadModelAsync(cancellationToken);
        Report(
            "an acknowledged write is there once",
            new AcknowledgedWrites(load.AnsweredPlan, load.Ledger, load.Log.Requests, model).Check());
        CheckScenarios();
        await CompareAsync(model, cancellationToken);
    }

    /// <summary>The same, but for what was acknowledged: a part of that was lost, and its tokens with it.</summary>
    public async Task RunAfterLossAsync(CancellationToken cancellationToken)
    {
        await CatchUpAsync(new TokenBook(), cancellationToken);
        await CompareAsync(await ReadModelAsync(cancellationToken), cancellationToken);
    }

    private async Task CatchUpAsync(TokenBook tokens, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        await load.Log.ObserveHeadsAsync(tokens, cancellationToken);
        var late = await load.CatchUpAsync(AppIds.All, tokens, cancellationToken);
        _catchUpMs.Add((int)watch.ElapsedMilliseconds);
        Report("the services catch up", late);
    }

    private async Task<SocialModel> ReadModelAsync(CancellationToken cancellationToken) => new(
        await new PostgresCommandStoreReader(Unpooled(stores.PostgresConnectionString)).ReadAsync(cancellationToken));

    private async Task CompareAsync(SocialModel model, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var differences = await FindDifferencesAsync(model, cancellationToken);
        if (differences.Count > 0)
            differences = await FindAgainWithoutCacheAsync(differences.Count, model, cancellationToken);
        Report("every answer follows from the command stores", differences);
        var quiet = new QuietMesh(stores.PostgresConnectionString, edgeAddress, options.Schedule.Seed);
        foreach (var check in options.Checks)
        {
            foreach (var wrong in await check(quiet, cancellationToken))
                history.Violated("every table follows from the command stores", wrong);
        }

        var events = new LastEvents(Unpooled(stores.PostgresConnectionString));
        await history.ExplainAsync(violation => events.OfAsync(violation, cancellationToken));
        history.Say($"caught up in {_catchUpMs[^1]} ms, compared in {watch.ElapsedMilliseconds} ms: "
            + $"{model.Users.Count} users, {model.Posts.Count} posts");
    }

    private async Task<IReadOnlyList<Difference>> FindDifferencesAsync(
        SocialModel model, CancellationToken cancellationToken)
    {
        var context = new CheckContext(load.Mesh, model, new DifferenceLog(), _tally, options.Schedule.Seed);
        await new Checker(context, Concurrency).RunAsync(SilentProgress.Instance, cancellationToken);
        return context.Differences.Kept();
    }

    /// <summary>
    /// Without a token, an answer may be up to 60 s old when the cache was away for both announcements of a change,
    /// or went back to a snapshot (docs/adr/0011). Everything else has to be right at once, so what an empty cache
    /// does not mend is a violation.
    /// </summary>
    private async Task<IReadOnlyList<Difference>> FindAgainWithoutCacheAsync(
        int found, SocialModel model, CancellationToken cancellationToken)
    {
        await stores.KillRedisAsync(cancellationToken);
        var left = await FindDifferencesAsync(model, cancellationToken);
        if (left.Count < found)
            history.Say($"{found - left.Count} answers came from entries that the cache had kept for too long");
        return left;
    }

    // Connections of a pool may be those that a crash of the server has broken.
    private static string Unpooled(string connectionString) => $"{connectionString};Pooling=false";

    private void CheckScenarios()
    {
        foreach (var (request, acknowledgement) in load.Scenarios.Acknowledged)
        {
            if (acknowledgement.Judge(load.Log.Requests.GetValueOrDefault(request)) is { Length: > 0 } wrong)
                history.Violated("an acknowledged write is there once", $"request {request}: {wrong}");
        }
    }

    private void Report(string promise, IReadOnlyList<Difference> differences)
    {
        foreach (var difference in differences)
            history.Violated(promise, difference.ToString());
    }
}
