using DaprSocial.Posts.V1;
using DaprSocial.Search.Text;
using DaprSocial.Users.V1;

namespace DaprSocial.Search.Queries;

/// <summary>A post as it is answered.</summary>
/// <param name="View">As Posts has it now.</param>
/// <param name="Author">Null when Users could not be asked, or has none.</param>
/// <param name="Highlights">What of the text was found.</param>
internal sealed record FoundPost(PostView View, User? Author, IReadOnlyList<TextSpan> Highlights);
