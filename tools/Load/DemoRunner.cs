using DaprSocial.Load.Checking;
using DaprSocial.Load.Driving;
using DaprSocial.Load.Generation;
using DaprSocial.Load.Input;
using DaprSocial.Load.Planning;
using DaprSocial.Load.Reporting;
using Grpc.Core;

namespace DaprSocial.Load;

/// <summary>
/// Loads a graph of people, lets them act, waits until the services have caught up, and checks every answer.
/// </summary>
public static class DemoRunner
{
    private const int PostCountMax = 1_000_000;
    private const int ConcurrencyMax = 256;

    // Not the run's seed: another seed acts for the same people.
    private const string GraphSeed = "demo";

    /// <summary>
    /// Runs a demo. The same options again change nothing, however late, and check the same state; an interrupted run
    /// is finished by the next one.
    /// </summary>
    /// <exception cref="InputException">A file cannot be used; nothing was sent.</exception>
    /// <exception cref="DemoException">A command was refused, or the mesh or the database does not answer.</exception>
    public static Task<DemoReport> RunAsync(
        DemoOptions options, IDemoProgress progress, CancellationToken cancellationToken) =>
        RunAsync(
            options, new PostgresCommandStoreReader(options.PostgresConnectionString), progress, cancellationToken);

    internal static async Task<DemoReport> RunAsync(
        DemoOptions options, ICommandStoreReader stores, IDemoProgress progress, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(options.PostCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.PostCount, PostCountMax);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Concurrency);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Concurrency, ConcurrencyMax);
        var graph = options.GraphFile is { } graphFile
            ? await EdgeListReader.ReadAsync(graphFile, cancellationToken)
            : PowerLawGraph.Generate(GraphSeed, PowerLawGraph.DefaultUserCount);
        var texts = options.PostsFile is { } postsFile
            ? await PostTextReader.ReadAsync(postsFile, cancellationToken)
            : TextGenerator.Generate($"{options.Seed}", Math.Max(1, options.PostCount));
        var plan = DemoPlanner.Plan(graph, texts, options.Seed, options.PostCount);
        try
        {
            return await RunAsync(plan, texts, options, stores, progress, cancellationToken);
        }
        catch (RpcException exception)
        {
            throw new DemoException($"the mesh does not answer: {Refusals.Describe(exception)}", exception);
        }
    }

    private static async Task<DemoReport> RunAsync(
        DemoPlan plan,
        PostTextSource texts,
        DemoOptions options,
        ICommandStoreReader stores,
        IDemoProgress progress,
        CancellationToken cancellationToken)
    {
        using var mesh = new Mesh(options.EdgeAddress, options.Clock);
        var log = new RequestLog(mesh, RequestIds.PrefixOf(plan.Graph.Key));
        var ledger = new RunLedger(plan);
        await log.CatchUpAsync("reading the logs", progress, cancellationToken);
        var driver = new Driver(plan, mesh, log, new TokenBook(), ledger, options, progress);
        var late = await driver.RunAsync(cancellationToken);
        await log.CatchUpAsync("reading the logs again", progress, cancellationToken);

        var model = new SocialModel(await stores.ReadAsync(cancellationToken));
        var context = new CheckContext(mesh, model, new DifferenceLog(), new CheckTally(), options.Seed);
        context.Differences.AddRange(late);
        context.Differences.AddRange(new AcknowledgedWrites(plan, ledger, log.Requests, model).Check());
        await new Checker(context, options.Concurrency).RunAsync(progress, cancellationToken);

        var samples = new SampleReader(context);
        var pictures = options.MediaAddress is { } mediaAddress
            ? await new PictureCheck(context, mediaAddress).RunAsync(driver.Pictures, progress, cancellationToken)
            : null;
        var report = new ReportBuilder(plan, texts, ledger, context).Build(
            mesh.RetryCount,
            await samples.ReadHomeAsync(ledger.UserIds(), cancellationToken),
            await samples.ReadThreadAsync(cancellationToken),
            await samples.ReadSearchesAsync(texts, cancellationToken));
        return report with { Pictures = pictures };
    }
}
