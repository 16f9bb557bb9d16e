using DaprSocial.Consistency.V1;
using DaprSocial.Posts.V1;
using DaprSocial.Users.V1;

namespace DaprSocial.Timelines.Queries;

/// <summary>What the owners of posts and users told about a page's entries.</summary>
/// <param name="Posts">By post id. Null when Posts could not be asked at all.</param>
/// <param name="Authors">By user id; empty when Users could not be asked.</param>
/// <param name="UndecidedCount">Posts that could not be decided on.</param>
/// <param name="Behind">Of a service behind this one that lags, or did not cover the token; null for none.</param>
internal sealed record Hydration(
    IReadOnlyDictionary<string, PostView>? Posts, IReadOnlyDictionary<string, User> Authors, int UndecidedCount,
    Freshness? Behind);
