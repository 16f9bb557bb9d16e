using System.Collections;

namespace Grpc.AspNetCore.HealthChecks;

/// <summary>Services by their names; a later mapping of a name takes the place of the one before.</summary>
public sealed class ServiceMappingCollection : ICollection<ServiceMapping>
{
    private readonly Dictionary<string, ServiceMapping> _mappings = [];

    /// <inheritdoc />
    public int Count => _mappings.Count;

    bool ICollection<ServiceMapping>.IsReadOnly => false;

    /// <summary>Maps a service to the checks that a predicate picks.</summary>
    public void Map(string name, Func<HealthCheckMapContext, bool> predicate) =>
        _mappings[name] = new ServiceMapping(name, predicate);

    /// <inheritdoc />
    public void Add(ServiceMapping item) => _mappings.Add(item.Name, item);

    /// <summary>Takes a service out.</summary>
    public bool Remove(string name) => _mappings.Remove(name);

    /// <inheritdoc />
    public bool Remove(ServiceMapping item) => Contains(item) && _mappings.Remove(item.Name);

    /// <inheritdoc />
    public void Clear() => _mappings.Clear();

    /// <inheritdoc />
    public bool Contains(ServiceMapping item) => _mappings.GetValueOrDefault(item.Name) == item;

    /// <inheritdoc />
    public void CopyTo(ServiceMapping[] array, int arrayIndex) => _mappings.Values.CopyTo(array, arrayIndex);

    /// <inheritdoc />
    public IEnumerator<ServiceMapping> GetEnumerator() => _mappings.Values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
