using System.Collections.Frozen;

namespace DaprSocial.Sidecar.Mesh;

/// <summary>Every app of the mesh by its id; stands for Dapr's name resolution.</summary>
internal sealed class AppRegistry(IEnumerable<AppEndpoint> apps)
{
    private readonly FrozenDictionary<string, AppEndpoint> _apps =
        apps.ToFrozenDictionary(app => app.AppId, StringComparer.Ordinal);

    public AppEndpoint? Find(string appId) => _apps.GetValueOrDefault(appId);
}
