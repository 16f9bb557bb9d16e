using System.Net;
using System.Net.Sockets;

namespace DaprSocial.Ctl.Mesh;

/// <summary>Makes sure, before anything starts, that every port can be had.</summary>
internal static class PortCheck
{
    /// <param name="ours">Ports that a store of ours holds already and will go on holding.</param>
    public static void ThrowIfTaken(MeshPorts ports, IReadOnlySet<int> ours)
    {
        var taken = ports.All.Where(port => !ours.Contains(port.Port) && !IsFree(port.Port)).ToList();
        if (taken.Count == 0)
            return;

        var lines = taken.Select(
            port => $"  {port.Port}, wanted for the {port.Title}, is held by {PortHolder.Describe(port.Port)}");
        throw new CtlException(
            $"{(taken.Count == 1 ? "A port is" : $"{taken.Count} ports are")} taken:\n{string.Join('\n', lines)}",
            $"Stop the holder, or choose other ports: --port-base {Suggest(ports.Base)} (or {MeshPorts.Variable}).");
    }

    public static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            socket.Listen(1);
            return true;
        }
        catch (SocketException e)
            when (e.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            return false;
        }
    }

    /// <summary>A port that the system chooses; free now, and not handed out again soon.</summary>
    public static int TakeFree()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private static int Suggest(int portBase)
    {
        for (var candidate = portBase + 1000; candidate < 30000; candidate += 1000)
        {
            if (new MeshPorts(candidate).All.All(port => IsFree(port.Port)))
                return candidate;
        }

        return portBase > 10000 ? 7100 : 15100;
    }
}
