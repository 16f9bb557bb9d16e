using System.Collections.Concurrent;
using System.Collections.Frozen;
using DaprSocial.Sidecar.Components;

namespace DaprSocial.Sidecar.Mesh;

/// <summary>What a sidecar knows of itself: its app, the components for it, what the app has set.</summary>
internal sealed class SidecarIdentity(AppEndpoint app, IReadOnlyList<Component> components)
{
    private readonly FrozenSet<string> _pubSubs =
        components.Where(component => component.IsPubSub).Select(component => component.Name).ToFrozenSet();

    public string AppId => app.AppId;

    public AppEndpoint App => app;

    public IReadOnlyList<Component> Components => components;

    public bool HasAnyPubSub => _pubSubs.Count > 0;

    /// <summary>Values of SetMetadata; lost with the process.</summary>
    public ConcurrentDictionary<string, string> Extended { get; } = new(StringComparer.Ordinal);

    public bool HasPubSub(string name) => _pubSubs.Contains(name);
}
