using System.Text.Json.Serialization;
using DaprSocial.Ctl.Processes;

namespace DaprSocial.Ctl.Mesh;

/// <summary>What a running mesh says of itself in <c>mesh.json</c>.</summary>
/// <param name="StartedBy">The command that runs it: <c>up</c>, <c>demo</c>…</param>
internal sealed record MeshState(
    int Pid, long ProcessStartTicks, string StartedBy, MeshPhase Phase, int PortBase, string Roles)
{
    [JsonIgnore]
    public ProcessIdentity Process => new(Pid, ProcessStartTicks);

    [JsonIgnore]
    public MeshPorts Ports => new(PortBase);
}
