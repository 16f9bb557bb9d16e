using DaprSocial.Errors;
using DaprSocial.Errors.V1;

namespace DaprSocial.Posts.Domain;

internal static class PostErrors
{
    public static ServiceException TextEmpty() =>
        new(ErrorReason.TextEmpty, "text is empty; a post needs at least one character.", field: "text");

    public static ServiceException TextTooLong() =>
        new(ErrorReason.TextTooLong,
            $"text is over {PostText.GraphemesMax} characters (graphemes) or {PostText.GraphemesMax * 10} bytes.",
            new Dictionary<string, string> { ["graphemesMax"] = $"{PostText.GraphemesMax}" }, "text");

    public static ServiceException NotFound(PostId id) =>
        new(ErrorReason.PostNotFound, $"There is no post {id} for you.", Metadata(id), "post_id");

    public static ServiceException ParentNotFound(PostId id) =>
        new(ErrorReason.ParentNotFound, $"There is no post {id} to reply to.", Metadata(id), "reply_to");

    public static ServiceException Blocked(PostId id) =>
        new(ErrorReason.Blocked, $"You and the author of post {id} are apart: one blocks the other.", Metadata(id));

    public static ServiceException NotOwner(PostId id) =>
        new(ErrorReason.NotOwner, $"Only the author may delete post {id}.", Metadata(id), "post_id");

    public static ServiceException MediaNotFound(MediaId id) =>
        new(ErrorReason.MediaNotFound, $"There is no medium {id} to attach; finish its upload first.",
            new Dictionary<string, string> { ["mediaId"] = id.ToString() }, "media");

    public static ServiceException MediaNotOwner(MediaId id) =>
        new(ErrorReason.NotOwner, $"Medium {id} is not yours to attach.",
            new Dictionary<string, string> { ["mediaId"] = id.ToString() }, "media");

    public static ServiceException AltTextMissing(MediaId id) =>
        new(ErrorReason.AltTextMissing, $"Image {id} needs an alt_text, for those who do not see it.",
            new Dictionary<string, string> { ["mediaId"] = id.ToString() }, "media");

    private static Dictionary<string, string> Metadata(PostId id) => new() { ["postId"] = id.ToString() };
}
