using DaprSocial.Errors;
using DaprSocial.Hosting;
using DaprSocial.Identifiers;
using DaprSocial.Posts.Commands;
using DaprSocial.Posts.Domain;
using DaprSocial.Posts.Queries;
using DaprSocial.Posts.V1;
using Google.Protobuf.WellKnownTypes;

namespace DaprSocial.Posts.Api;

/// <summary>Between the contract and the domain. Total, save that a bad request is refused.</summary>
internal static class PostMapping
{
    private const int LanguageLengthMax = 35;

    public static CreatePost ToCommand(this CreatePostRequest request, UserId actor) => new(
        actor, PostText.Parse(request.Text), RequestFields.OptionalId<V1.Post>(request.ReplyTo, "reply_to"),
        ToLanguage(request.Language), ToVisibility(request.Visibility), ToAttachments(request.Media));

    public static V1.Post ToProto(this Domain.Post post) => new()
    {
        Id = post.Id.ToString(),
        AuthorId = post.AuthorId.ToString(),
        Text = post.Text,
        ReplyTo = post.ReplyTo?.ToString() ?? "",
        ParentAuthorId = post.ParentAuthorId?.ToString() ?? "",
        RootId = post.RootId?.ToString() ?? "",
        Language = post.Language,
        Visibility = post.Visibility,
        CreateTime = Uuid.GetTime(post.Id.Value).ToTimestamp(),
        Media =
        {
            post.Media.Select(one => new MediaAttachment { MediaId = one.MediaId.ToString(), AltText = one.AltText }),
        },
    };

    /// <exception cref="ServiceException">INVALID_ID, or INVALID_FIELD: too many, or one twice.</exception>
    public static IReadOnlyList<PostAttachment> ToAttachments(IReadOnlyCollection<MediaAttachment> media)
    {
        if (media.Count > PostAttachment.CountMax)
            throw Refusals.InvalidField("media", $"at most {PostAttachment.CountMax}; there are {media.Count}.");
        var attachments = media.Select(one => new PostAttachment(
            RequestFields.Id<Media.V1.Media>(one.MediaId, "media"),
            RequestFields.Text(one.AltText, "media", PostAttachment.AltTextGraphemesMax))).ToList();
        return attachments.DistinctBy(one => one.MediaId).Count() == attachments.Count
            ? attachments
            : throw Refusals.InvalidField("media", "a medium may be there once.");
    }

    public static V1.PostView ToProto(this ViewedPost view) => new()
    {
        Post = view.Post.ToProto(),
        LikeCount = view.LikeCount,
        ReplyCount = view.ReplyCount,
        ViewerLiked = view.IsLikedByViewer,
    };

    private static string ToLanguage(string language) =>
        language.Length <= LanguageLengthMax
            && language.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-')
            ? language.ToLowerInvariant()
            : throw Refusals.InvalidField("language", $"a BCP 47 tag of at most {LanguageLengthMax} characters.");

    private static Visibility ToVisibility(Visibility visibility) => visibility switch
    {
        Visibility.Unspecified or Visibility.Public => Visibility.Public,
        Visibility.Followers => Visibility.Followers,
        _ => throw Refusals.InvalidField("visibility", "not a visibility that this version knows."),
    };
}
