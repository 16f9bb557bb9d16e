namespace DaprSocial.Load.Reporting;

/// <summary>What this seed's plan holds beside the follows; every one was acknowledged.</summary>
/// <param name="Users">Users of the graph.</param>
/// <param name="Posts">Posts, replies and deleted ones included.</param>
/// <param name="Replies">Posts that answer another.</param>
/// <param name="FollowersOnly">Posts for followers only.</param>
/// <param name="Deletes">Posts that their authors deleted.</param>
/// <param name="Likes">Likes, those taken back included.</param>
/// <param name="Unlikes">Likes taken back.</param>
/// <param name="Unfollows">Follows ended.</param>
/// <param name="SkippedTexts">Texts of the file that break the limits of a post.</param>
public sealed record ActivityFigures(
    int Users,
    int Posts,
    int Replies,
    int FollowersOnly,
    int Deletes,
    int Likes,
    int Unlikes,
    int Unfollows,
    int SkippedTexts);
