using System.Globalization;
using DaprSocial.Ctl.Mesh;
using DaprSocial.Ctl.Output;
using DaprSocial.Ctl.Processes;
using DaprSocial.Ctl.Stores;

namespace DaprSocial.Ctl.Testing;

/// <summary>One run of all suites: private stores, one build, suites two at a time.</summary>
internal sealed class TestRun(Checkout checkout, TestOptions options, IProgressReport progress, ShutdownSignals signals)
{
    private const int SuitesAtOnce = 2;
    private const string PostgresVariable = "DAPRSOCIAL_TEST_POSTGRES";
    private const string RedisVariable = "DAPRSOCIAL_TEST_REDIS";
    private const string FullVariable = "DAPRSOCIAL_TEST_FULL";
    private static readonly TimeSpan _tickInterval = TimeSpan.FromSeconds(20);

    private readonly string _results = Path.Combine(checkout.DataDirectory, "test", "results");

    public static string LockPath(Checkout checkout) => Path.Combine(checkout.DataDirectory, "test.lock");

    public async Task<IReadOnlyList<SuiteResult>> RunAsync()
    {
        using var running = LockFile.TryTake(LockPath(checkout)) ?? throw new CtlException(
            $"A test run is under way in {checkout.DataDirectory}.",
            "Wait for it, or give this one a folder: --data DIR.");
        var found = TestProject.FindAll(checkout.Root);
        if (found.Count == 0)
            return [new SuiteResult(
                "tests", [], TimeSpan.Zero, $"There is no test project below {checkout.Root}/tests.")];

        var suites = found.Where(suite => options.Full || !suite.FullOnly).ToList();
        if (await SolutionBuild.TryRunAsync(checkout, progress, signals.Token) is { Length: > 0 } errors)
        {
            progress.Say(errors);
            return [.. suites.Select(
                static suite => new SuiteResult(suite.Name, [], TimeSpan.Zero, "It did not run: the build failed."))];
        }

        if (options.Full)
            await PeerPackages.InstallMissingAsync(PeerPackages.OfTests, progress, signals.Token);
        using var folder = TestFolder.Of(checkout.DataDirectory);
        await using var stores = await StartStoresAsync(folder);
        var results = await RunSuitesAsync(suites, Variables(stores, folder));
        return options.Filter is not null && results.All(static result => result.Cases.Count == 0 && result.Failed == 0)
            ? [new SuiteResult("tests", [], TimeSpan.Zero, $"No test matches --filter {options.Filter}.")]
            : results;
    }

    /// <summary>
    /// New stores for every run: without fsync a cluster does not survive a crash, and none is worth keeping.
    /// </summary>
    private async Task<LocalStores> StartStoresAsync(TestFolder folder)
    {
        var settings = StoresSettings.ForTests(folder.Path, PortCheck.TakeFree(), PortCheck.TakeFree());
        await LocalStores.StopLeftoversAsync(settings, progress, signals.Token);
        folder.Clear();
        if (Directory.Exists(_results))
            Directory.Delete(_results, recursive: true);
        var stores = new LocalStores(settings, progress);
        signals.OnForce(stores.ForceStopAsync);
        try
        {
            await stores.StartAsync(signals.Token);
            return stores;
        }
        catch
        {
            await stores.DisposeAsync();
            throw;
        }
    }

    private Dictionary<string, string?> Variables(LocalStores stores, TestFolder folder) => new()
    {
        [PostgresVariable] = stores.Postgres.ConnectionString("postgres"),
        [RedisVariable] = stores.Redis.Endpoint,
        [FullVariable] = options.Full ? "1" : null,

        // What the suites write for themselves, clusters among it, lies where the stores do.
        ["TMPDIR"] = Directory.CreateDirectory(Path.Combine(folder.Path, "tmp")).FullName,

        // Code that runs for minutes at most never earns back what it costs to instrument it and compile it again.
        ["DOTNET_TieredPGO"] = "0",

        // The suites must not find the settings of a mesh that the caller runs.
        [MeshPorts.Variable] = null,
        [Checkout.DataVariable] = null,
    };

    private async Task<IReadOnlyList<SuiteResult>> RunSuitesAsync(
        List<TestProject> suites, Dictionary<string, string?> environment)
    {
        var durations = new SuiteDurations(Path.Combine(checkout.DataDirectory, "test-durations.json"));
        var runner = new SuiteRunner(options, _results, environment);
        var solution = await File.ReadAllTextAsync(checkout.SolutionPath, signals.Token);
        var results = new List<SuiteResult>();
        var active = new List<string>();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(signals.Token);
        var ticking = TickAsync(active, () => results.Count, suites.Count, ended.Token);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = SuitesAtOnce, CancellationToken = signals.Token };
        try
        {
            await Parallel.ForEachAsync(durations.LongestFirst(suites), parallel, async (suite, cancellationToken) =>
            {
                lock (active)
                    active.Add(suite.Name);
                var result = IsBuilt(suite, solution)
                    ? await runner.RunAsync(suite, cancellationToken)
                    : new SuiteResult(
                        suite.Name, [], TimeSpan.Zero, $"It is not in {Checkout.SolutionFile}, so it was not built.");
                lock (active)
                {
                    active.Remove(suite.Name);
                    results.Add(result);
                    progress.Say("  " + result.Summary);
                }
            });
        }
        finally
        {
            await ended.CancelAsync();
            await ticking;
        }

        if (options.Filter is null && !options.Full)
            durations.Record(results);
        return [.. results.OrderBy(static result => result.Name, StringComparer.Ordinal)];
    }

    private bool IsBuilt(TestProject suite, string solution)
    {
        var path = Path.GetRelativePath(checkout.Root, suite.Path);
        return solution.Contains(path.Replace('/', '\\'), StringComparison.Ordinal)
            || solution.Contains(path, StringComparison.Ordinal);
    }

    private async Task TickAsync(List<string> active, Func<int> doneCount, int count, CancellationToken ended)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        while (true)
        {
            await Task.Delay(_tickInterval, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (ended.IsCancellationRequested)
                return;
            lock (active)
            {
                var names = string.Join(", ", active);
                progress.Say(string.Create(
                    CultureInfo.InvariantCulture,
                    $"  ...     {doneCount()} of {count} suites done ({Elapsed.Text(watch.Elapsed)}); running: {names}"));
            }
        }
    }
}
