using DaprSocial.Posts.V1;

namespace DaprSocial.Load.Checking;

/// <summary>Compares a post's view with what the command stores say of it. Pure.</summary>
internal sealed class PostComparer(SocialModel model)
{
    /// <summary>Finds every field that is not what it should be for this viewer.</summary>
    public IReadOnlyList<Difference> Compare(
        string listing, Guid viewer, StoredPost expected, PostView? actual, string place)
    {
        if (actual?.Post is not { } post)
        {
            return [Differs(DifferenceKind.WrongContent, "the post", "no post")];
        }

        var visibility = expected.FollowersOnly ? Visibility.Followers : Visibility.Public;
        (DifferenceKind Kind, string Field, string? Expected, string Actual)[] fields =
        [
            (DifferenceKind.WrongContent, "id", $"{expected.Id}", post.Id),
            (DifferenceKind.WrongContent, "author", $"{expected.AuthorId}", post.AuthorId),
            (DifferenceKind.WrongContent, "text", expected.Text, post.Text),
            (DifferenceKind.WrongContent, "reply to", $"{expected.ReplyTo}", post.ReplyTo),
            (DifferenceKind.WrongContent, "parent's author", $"{expected.ParentAuthorId}", post.ParentAuthorId),
            (DifferenceKind.WrongContent, "visibility", $"{visibility}", $"{post.Visibility}"),
            (DifferenceKind.WrongCount, "likes", $"{model.LikeCountOf(expected.Id)}", $"{actual.LikeCount}"),
            (DifferenceKind.WrongCount, "replies", $"{model.ReplyCountOf(expected.Id)}", $"{actual.ReplyCount}"),
            (DifferenceKind.WrongContent, "own like", $"{model.Likes(viewer, expected.Id)}", $"{actual.ViewerLiked}"),
        ];
        return
        [
            .. fields
                .Where(field => field.Expected != field.Actual)
                .Select(field => Differs(
                    field.Kind, $"{field.Field} {field.Expected}", $"{field.Field} {field.Actual}")),
        ];

        Difference Differs(DifferenceKind kind, string want, string have) =>
            new(kind, listing, model.NameOf(viewer), want, have, $"{place}, post {expected.Id}");
    }
}
