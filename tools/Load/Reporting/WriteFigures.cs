namespace DaprSocial.Load.Reporting;

/// <summary>How the writing went.</summary>
/// <param name="Sent">Commands sent and acknowledged.</param>
/// <param name="New">Commands that changed something and that no earlier run had sent.</param>
/// <param name="NewUsers">Of those, users created.</param>
/// <param name="NewPosts">Of those, posts created.</param>
/// <param name="LeftOut">Commands not sent, since an earlier run did them over 12 hours ago.</param>
/// <param name="Retries">Calls repeated because a service was not available.</param>
/// <param name="Seconds">Time spent sending, without the waits between the stages.</param>
/// <param name="PerSecond">Commands sent a second.</param>
/// <param name="CatchUpSeconds">From the last acknowledgement until every service had applied everything.</param>
public sealed record WriteFigures(
    int Sent,
    int New,
    int NewUsers,
    int NewPosts,
    int LeftOut,
    long Retries,
    double Seconds,
    double PerSecond,
    double CatchUpSeconds);
