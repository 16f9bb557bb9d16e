using System.Collections.Frozen;

namespace DaprSocial.Sidecar.Components;

/// <summary>One component as its manifest declares it.</summary>
internal sealed record Component(
    string Name, string Type, string Version, FrozenDictionary<string, string> Metadata, FrozenSet<string> Scopes)
{
    public const string InMemoryPubSub = "pubsub.in-memory";
    public const string RedisState = "state.redis";

    /// <summary>What this process can stand in for.</summary>
    public static FrozenSet<string> KnownTypes { get; } = FrozenSet.Create(
        StringComparer.Ordinal, InMemoryPubSub, RedisState);

    public bool IsPubSub => Type.StartsWith("pubsub.", StringComparison.Ordinal);

    public bool IsStateStore => Type.StartsWith("state.", StringComparison.Ordinal);

    /// <summary>The same with other values of its metadata.</summary>
    public Component With(IReadOnlyDictionary<string, string> metadata) => this with
    {
        Metadata = Metadata.Where(item => !metadata.ContainsKey(item.Key)).Concat(metadata)
            .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase),
    };

    /// <summary>Whether an app may use the component: a manifest without scopes is for all.</summary>
    public bool IsVisibleTo(string appId) => Scopes.Count == 0 || Scopes.Contains(appId);
}
