using DaprSocial.Events;

namespace DaprSocial.Verify.Projections;

/// <summary>Which service projects which topic.</summary>
internal sealed record Consumption(string AppId, string Topic)
{
    public static IReadOnlyList<Consumption> All { get; } =
    [
        new(AppIds.Users, Topics.Users),
        new(AppIds.Posts, Topics.Posts),
        new(AppIds.Posts, Topics.Reactions),
        new(AppIds.Posts, Topics.Graph),
        new(AppIds.Posts, Topics.Media),
        new(AppIds.Graph, Topics.Graph),
        new(AppIds.Graph, Topics.Users),
        new(AppIds.Timelines, Topics.Posts),
        new(AppIds.Timelines, Topics.Graph),
        new(AppIds.Media, Topics.Media),
        new(AppIds.Search, Topics.Posts),
        new(AppIds.Search, Topics.Users),
        new(AppIds.Search, Topics.Graph),
    ];
}
