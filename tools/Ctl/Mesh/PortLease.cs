using System.Globalization;
using DaprSocial.Ctl.Processes;

namespace DaprSocial.Ctl.Mesh;

/// <summary>
/// Ports of a mesh that runs beside others, all free when they were taken, and offered to no other taker until this is
/// disposed: between the look at a port and the listener on it, a mesh starts its stores.
/// </summary>
internal sealed class PortLease : IDisposable
{
    // Below the range from which Linux takes the local ports of outgoing connections (32768 and up), which would
    // otherwise take one of ours between the check and the start.
    private const int BaseMin = 12000;
    private const int BaseMax = 32000;
    private const int BaseStep = 400;

    private readonly LockFile _lock;

    private PortLease(MeshPorts ports, LockFile taken) => (Ports, _lock) = (ports, taken);

    public MeshPorts Ports { get; }

    /// <exception cref="CtlException">There is none.</exception>
    public static PortLease Take()
    {
        // Whoever held a lease between the look and the lock has freed its ports before it let the lock go.
        var leases =
            from step in Enumerable.Range(0, (BaseMax - BaseMin) / BaseStep).Shuffle()
            let ports = new MeshPorts(BaseMin + (step * BaseStep))
            where ports.All.All(port => PortCheck.IsFree(port.Port))
            let taken = LockFile.TryTake(LockPath(ports.Base))
            where taken is not null
            select new PortLease(ports, taken);
        return leases.FirstOrDefault()
            ?? throw new CtlException("No range of free ports was found.", "Stop some of the servers on this machine.");
    }

    public void Dispose() => _lock.Dispose();

    private static string LockPath(int portBase) => Path.Combine(
        Path.GetTempPath(), "daprsocial-ports", string.Create(CultureInfo.InvariantCulture, $"{portBase}.lock"));
}
