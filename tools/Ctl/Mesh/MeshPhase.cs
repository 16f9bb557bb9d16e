namespace DaprSocial.Ctl.Mesh;

internal enum MeshPhase
{
    Starting,
    Ready,
    Stopping,
}
