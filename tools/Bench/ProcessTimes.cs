using System.Globalization;

namespace DaprSocial.Bench;

/// <summary>What <c>/proc/PID/stat</c> says of a process; ticks are hundredths of a second.</summary>
/// <param name="OwnTicks">CPU time of the process itself.</param>
/// <param name="ChildTicks">Of its children that ended and that it has waited for.</param>
internal sealed record ProcessTimes(int ParentId, long OwnTicks, long ChildTicks)
{
    /// <summary>USER_HZ, the unit of /proc, is 100 on every Linux that .NET runs on.</summary>
    public const double MicrosecondsPerTick = 10_000;

    /// <returns>Null when there is no such process.</returns>
    public static ProcessTimes? TryRead(int process)
    {
        try
        {
            return Parse(File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat")));
        }
        catch (IOException)
        {
            return null;
        }
    }

    internal static ProcessTimes Parse(string stat)
    {
        // The name, field 2, may hold spaces and brackets: everything is counted from the last bracket on.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        long Field(int number) => long.Parse(fields[number - 3], CultureInfo.InvariantCulture);
        return new ProcessTimes((int)Field(4), Field(14) + Field(15), Field(16) + Field(17));
    }
}
