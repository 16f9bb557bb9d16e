namespace DaprSocial.Ctl;

/// <summary>What the caller of <c>./social</c> may rely on; the help text prints the same list.</summary>
internal static class ExitCodes
{
    public const int Ok = 0;
    public const int Failure = 1;
    public const int Usage = 2;
    public const int Violations = 3;

    /// <summary>128 + SIGINT, as shells report it: stopped by hand before the work was done.</summary>
    public const int Interrupted = 130;
}
