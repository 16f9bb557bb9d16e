using DaprSocial.Sidecar.Components;

namespace DaprSocial.Sidecar.State;

/// <summary>The state stores of a mesh, one connection each for all sidecars.</summary>
internal sealed class StateStores : IAsyncDisposable
{
    // What else state.redis has in daprd: a setting that does nothing here would be a trap.
    private static readonly HashSet<string> _settings = new(StringComparer.OrdinalIgnoreCase)
    {
        "redisHost", "redisPassword", "redisDB", "ttlInSeconds", "keyPrefix",
    };

    private readonly Dictionary<string, RedisStateStore> _stores;

    public StateStores(IReadOnlyList<Component> components)
    {
        foreach (var component in components.Where(component => component.IsStateStore))
            Check(component);
        _stores = components.Where(component => component.IsStateStore)
            .ToDictionary(component => component.Name, component => new RedisStateStore(component));
    }

    public RedisStateStore Get(string name) => _stores[name];

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _stores.Values)
            await store.DisposeAsync();
    }

    private static void Check(Component component)
    {
        if (!component.Metadata.ContainsKey("redisHost"))
            throw new ComponentException($"component {component.Name} lacks redisHost");
        if (component.Metadata.Keys.FirstOrDefault(name => !_settings.Contains(name)) is { } unknown)
        {
            throw new ComponentException(
                $"component {component.Name}: this stand-in does not know {unknown} of {component.Type}");
        }
    }
}
