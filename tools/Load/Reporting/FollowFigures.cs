namespace DaprSocial.Load.Reporting;

/// <summary>What became of the graph's follows, as the command store has it, whichever runs did it.</summary>
/// <param name="Loaded">Follows that the graph makes; every one was acknowledged.</param>
/// <param name="Unfollowed">Those that do not stand any more.</param>
/// <param name="Now">Those that stand.</param>
public sealed record FollowFigures(int Loaded, int Unfollowed, int Now);
