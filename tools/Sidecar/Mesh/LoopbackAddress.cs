using System.Globalization;

namespace DaprSocial.Sidecar.Mesh;

/// <summary>Addresses of this machine; sidecars and apps listen nowhere else.</summary>
internal static class LoopbackAddress
{
    public static string Of(int port) => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
}
