using Post = DaprSocial.Posts.Domain.Post;

namespace DaprSocial.Posts.Queries;

/// <summary>A post as the projections show it to one viewer.</summary>
/// <param name="Post">The post.</param>
/// <param name="After">
/// Token that must be covered before it is shown, if it is not public; empty for none, null when that is not known yet.
/// </param>
/// <param name="LikeCount">How many like it.</param>
/// <param name="ReplyCount">How many live replies it has.</param>
/// <param name="IsLikedByViewer">False when there is no viewer.</param>
/// <param name="IsBlocked">True when the author blocks the viewer or the viewer the author.</param>
internal sealed record ViewedPost(
    Post Post, string? After, long LikeCount, long ReplyCount, bool IsLikedByViewer, bool IsBlocked);
