using System.Globalization;
using Dapper;
using Npgsql;

namespace DaprSocial.Bench;

/// <summary>
/// CPU time of everything that works for a write on this machine: this process, the mesh's and all of PostgreSQL's.
/// </summary>
internal sealed class CpuMeter
{
    private const string ReadBackendPid = "select pg_backend_pid()";

    private readonly int[] _processes;
    private readonly int _postmaster;

    private CpuMeter(int[] processes, int postmaster) => (_processes, _postmaster) = (processes, postmaster);

    /// <exception cref="BenchException">PostgreSQL's processes are not on this machine.</exception>
    public static async Task<CpuMeter> StartAsync(
        int meshProcessId, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var backend = await connection.QuerySingleAsync<int>(
            new CommandDefinition(ReadBackendPid, cancellationToken: cancellationToken));
        var own = ProcessTimes.TryRead(backend)
            ?? throw new BenchException($"PostgreSQL's process {backend} is not on this machine: its CPU is unknown.");
        return new CpuMeter([.. new[] { Environment.ProcessId, meshProcessId }.Distinct()], own.ParentId);
    }

    /// <summary>CPU time spent so far, in microseconds.</summary>
    public CpuTimes Read()
    {
        var programs = _processes.Sum(process => (ProcessTimes.TryRead(process) ?? throw Gone(process)).OwnTicks);
        var postmaster = ProcessTimes.TryRead(_postmaster) ?? throw Gone(_postmaster);
        // A backend that ended counts with the postmaster's children that it has waited for.
        var postgres = postmaster.OwnTicks + postmaster.ChildTicks
            + ChildrenOf(_postmaster).Sum(child => child.OwnTicks);
        return new CpuTimes(programs * ProcessTimes.MicrosecondsPerTick, postgres * ProcessTimes.MicrosecondsPerTick);
    }

    private static IEnumerable<ProcessTimes> ChildrenOf(int parent) => Directory.EnumerateDirectories("/proc")
        .Select(folder =>
            int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                ? ProcessTimes.TryRead(id)
                : null)
        .OfType<ProcessTimes>()
        .Where(process => process.ParentId == parent);

    private static BenchException Gone(int process) => new($"Process {process} has ended.");
}
