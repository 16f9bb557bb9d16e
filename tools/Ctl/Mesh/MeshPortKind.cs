namespace DaprSocial.Ctl.Mesh;

internal enum MeshPortKind
{
    Service,
    SidecarGrpc,
    SidecarHttp,
    Postgres,
    Redis,
}
