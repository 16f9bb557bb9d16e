using System.Net;
using System.Net.Sockets;

namespace DaprSocial.Testing;

/// <summary>Ports for servers that cannot be told to choose one themselves.</summary>
public static class FreePorts
{
    /// <summary>Ports on loopback, no two the same, that nobody held a moment ago.</summary>
    public static int[] Find(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToArray();
        try
        {
            foreach (var listener in listeners)
                listener.Start();
            return [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        }
        finally
        {
            foreach (var listener in listeners)
                listener.Dispose();
        }
    }
}
