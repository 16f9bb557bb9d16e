using System.Globalization;

namespace DaprSocial.Ctl.Mesh;

/// <summary>
/// Every port of a mesh, from one base: services at +1…+6, their listeners for files 50 above that (media at +55) and
/// those for gRPC-Web 60 above (+61…+66), the sidecars' gRPC at +100 (edge) … +106, their HTTP at +200…+206,
/// PostgreSQL at +301, Redis at +302. One number moves them all.
/// </summary>
internal sealed record MeshPorts
{
    public const int DefaultBase = 5100;
    public const string Variable = "DAPRSOCIAL_PORT_BASE";
    private const int BaseMin = 1024;
    private const int BaseMax = 65535 - RedisOffset;
    private const int ServiceHttpOffset = 50;
    private const int ServiceWebOffset = 60;
    private const int SidecarGrpcOffset = 100;
    private const int SidecarHttpOffset = 200;
    private const int PostgresOffset = 301;
    private const int RedisOffset = 302;

    public MeshPorts(int portBase)
    {
        if (portBase is < BaseMin or > BaseMax)
        {
            throw new CtlException(
                $"Port base {portBase} is out of range.",
                $"Choose --port-base between {BaseMin} and {BaseMax}.",
                ExitCodes.Usage);
        }

        Base = portBase;
    }

    public int Base { get; }

    public int Postgres => Base + PostgresOffset;

    public int Redis => Base + RedisOffset;

    public IReadOnlyList<MeshPort> All =>
    [
        .. MeshApps.Services.Select(app => new MeshPort(app, MeshPortKind.Service, Service(app))),
        .. MeshApps.WithHttp.Select(app => new MeshPort(app, MeshPortKind.ServiceHttp, ServiceHttp(app))),
        .. MeshApps.Services.Select(app => new MeshPort(app, MeshPortKind.ServiceWeb, ServiceWeb(app))),
        .. MeshApps.Sidecars.Select(app => new MeshPort(app, MeshPortKind.SidecarGrpc, SidecarGrpc(app))),
        .. MeshApps.Sidecars.Select(app => new MeshPort(app, MeshPortKind.SidecarHttp, SidecarHttp(app))),
        new MeshPort("PostgreSQL", MeshPortKind.Postgres, Postgres),
        new MeshPort("Redis", MeshPortKind.Redis, Redis),
    ];

    /// <summary>The port of a service's own gRPC listener.</summary>
    public int Service(string app) => Base + 1 + IndexOf(MeshApps.Services, app);

    /// <summary>The port of a service's own listener for HTTP/1.1, where it has one.</summary>
    public int ServiceHttp(string app) => Service(app) + ServiceHttpOffset;

    /// <summary>The port of a service's own listener for gRPC-Web.</summary>
    public int ServiceWeb(string app) => Service(app) + ServiceWebOffset;

    /// <summary>Where browsers call a service.</summary>
    public Uri ServiceWebAddress(string app) => new($"http://127.0.0.1:{ServiceWeb(app)}");

    /// <summary>Where browsers read a service's files.</summary>
    public Uri ServiceHttpAddress(string app) => new($"http://127.0.0.1:{ServiceHttp(app)}");

    /// <summary>The port on which an app's sidecar takes the app's outgoing gRPC calls.</summary>
    public int SidecarGrpc(string app) => Base + SidecarGrpcOffset + IndexOf(MeshApps.Sidecars, app);

    /// <summary>Where gRPC clients reach an app's sidecar.</summary>
    public Uri SidecarGrpcAddress(string app) => new($"http://127.0.0.1:{SidecarGrpc(app)}");

    /// <summary>Where gRPC clients reach a service without a sidecar.</summary>
    public Uri ServiceAddress(string app) => new($"http://127.0.0.1:{Service(app)}");

    /// <summary>The port of a sidecar's HTTP API, health included.</summary>
    public int SidecarHttp(string app) => Base + SidecarHttpOffset + IndexOf(MeshApps.Sidecars, app);

    /// <param name="option">From <c>--port-base</c>; null for the environment's or the default.</param>
    public static MeshPorts Choose(int? option) => Choose(option, Environment.GetEnvironmentVariable(Variable));

    internal static MeshPorts Choose(int? option, string? variable)
    {
        if (option is { } given)
            return new MeshPorts(given);
        if (string.IsNullOrEmpty(variable))
            return new MeshPorts(DefaultBase);
        if (int.TryParse(variable, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
            return new MeshPorts(value);
        throw new CtlException(
            $"{Variable}={variable} is not a number.", "Set it to a port, or unset it.", ExitCodes.Usage);
    }

    private static int IndexOf(IReadOnlyList<string> apps, string app)
    {
        for (var i = 0; i < apps.Count; i++)
        {
            if (apps[i] == app)
                return i;
        }

        throw new ArgumentOutOfRangeException(nameof(app), app, "not an app of the mesh");
    }
}
