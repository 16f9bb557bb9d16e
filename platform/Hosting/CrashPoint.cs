using System.Diagnostics;
using System.Globalization;

namespace DaprSocial.Hosting;

/// <summary>
/// A named place at which the fault suite ends this process as a power failure would: by SIGKILL, with no word to
/// anybody. Without the environment variable a hit is the check of one field.
/// </summary>
public static class CrashPoint
{
    /// <summary>Environment variable: <c>name:count</c>, to end at the count-th time that a place is reached.</summary>
    public const string Variable = "DAPRSOCIAL_CRASH_POINT";

    private static readonly string? _name;
    private static int _left;

    // Not field initialisers: both come from one text.
    static CrashPoint()
    {
        if (Environment.GetEnvironmentVariable(Variable)?.Split(':') is not [{ Length: > 0 } name, var count])
            return;
        _name = name;
        _left = int.Parse(count, NumberStyles.None, CultureInfo.InvariantCulture);
    }

    /// <summary>The process has reached a place; it does not return if it is to end here.</summary>
    /// <param name="name">A literal, unique in the code; the fault suite knows them all.</param>
    public static void Hit(string name)
    {
        if (_name is not null && _name == name && Interlocked.Decrement(ref _left) == 0)
            Process.GetCurrentProcess().Kill();
    }
}
