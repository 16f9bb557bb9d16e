using DaprSocial.Consistency.V1;
using DaprSocial.Posts.V1;

namespace DaprSocial.Search.Queries;

/// <summary>What Posts told about found posts.</summary>
/// <param name="Views">Of those that the viewer may see, by id.</param>
/// <param name="UndecidedCount">Posts that could not be decided on.</param>
/// <param name="Behind">Of Posts, when it lags or did not cover the token; null for not.</param>
internal sealed record Hydration(IReadOnlyDictionary<string, PostView> Views, int UndecidedCount, Freshness? Behind);
