using System.Collections.Concurrent;

namespace DaprSocial.Sidecar.Mesh;

/// <summary>Where one app listens. The port is set when the app is attached, and again when it moves.</summary>
internal sealed class AppEndpoint(string appId, string? token)
{
    // gRPC paths are a small closed set; the bound is for callers that make paths up.
    private const int TargetsMax = 1024;
    private static readonly UriCreationOptions _untouched = new()
    {
        DangerousDisablePathAndQueryCanonicalization = true,
    };

    private volatile Route? _route;

    public string AppId => appId;

    public string? Token => token;

    public int? Port => _route?.Port;

    public void Attach(int port) =>
        _route = new Route(port, new ConcurrentDictionary<string, Uri>(StringComparer.Ordinal));

    /// <summary>The address of a method on this app; null when the path is malformed or no app is attached.</summary>
    public Uri? Locate(string path)
    {
        if (_route is not { } route)
            return null;
        if (route.Targets.TryGetValue(path, out var known))
            return known;
        if (!path.StartsWith('/') || !Uri.TryCreate(LoopbackAddress.Of(route.Port) + path, _untouched, out var target))
            return null;
        if (route.Targets.Count < TargetsMax)
            route.Targets.TryAdd(path, target);
        return target;
    }

    private sealed record Route(int Port, ConcurrentDictionary<string, Uri> Targets);
}
