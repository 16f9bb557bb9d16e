using DaprSocial.Graph.V1;
using DaprSocial.Posts.V1;
using DaprSocial.Timelines.V1;
using DaprSocial.Users.V1;

namespace DaprSocial.Faults.Driving;

/// <summary>
/// Judges answers that say that they cover a token. Each method answers what is wrong, empty when nothing is. Pure.
/// </summary>
internal static class AnswerOracle
{
    public static string Following(BatchGetRelationshipsResponse answer, bool following) =>
        answer.Relationships is [var one] && one.Following == following ? "" : $"following is not {following}";

    public static string Relationship(BatchGetRelationshipsResponse answer, (bool Following, bool FollowedBy) wanted) =>
        answer.Relationships is [{ Blocked: false } one] && (one.Following, one.FollowedBy) == wanted
            ? ""
            : $"(following, followed_by) is not {wanted}";

    public static string Blocked(BatchGetRelationshipsResponse answer) =>
        answer.Relationships is [{ Blocked: true, Following: false, FollowedBy: false }] ? "" : "not apart";

    public static string Liked(GetPostResponse answer, bool liked) =>
        answer.View.ViewerLiked == liked ? "" : $"viewer_liked is not {liked}";

    public static string Name(GetUserResponse answer, string name) =>
        answer.User.DisplayName == name ? "" : $"the name is not {name}";

    /// <summary>An answer that says that it leaves something out may leave out the post.</summary>
    public static string Seen(ListAuthorTimelineResponse answer, string post) =>
        !answer.Complete || answer.Entries.Any(entry => entry.PostId == post) ? "" : $"post {post} is not there";

    /// <inheritdoc cref="Seen(ListAuthorTimelineResponse, string)"/>
    public static string Seen(ListHomeTimelineResponse answer, string post) =>
        !answer.Complete || answer.Entries.Any(entry => entry.PostId == post) ? "" : $"post {post} is not there";

    /// <summary>Whatever an answer says of its freshness: what is not for a reader is never shown.</summary>
    public static string Unseen(ListAuthorTimelineResponse? answer, string post) =>
        answer is not null && answer.Entries.Any(entry => entry.PostId == post)
            ? $"the author's timeline has it: {answer}"
            : "";

    /// <inheritdoc cref="Unseen(ListAuthorTimelineResponse?, string)"/>
    public static string Unseen(ListHomeTimelineResponse answer, string post) =>
        answer.Entries.Any(entry => entry.PostId == post) ? "the home timeline has it" : "";

    /// <inheritdoc cref="Unseen(ListAuthorTimelineResponse?, string)"/>
    public static string Unseen(GetPostResponse? answer) => answer is null ? "" : $"GetPost answers {answer}";
}
