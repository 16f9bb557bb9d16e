namespace DaprSocial.Ctl.Mesh;

internal enum MeshPortKind
{
    Service,
    ServiceHttp,
    SidecarGrpc,
    SidecarHttp,
    Postgres,
    Redis,
}
