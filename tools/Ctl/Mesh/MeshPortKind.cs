namespace DaprSocial.Ctl.Mesh;

internal enum MeshPortKind
{
    Service,
    ServiceHttp,
    ServiceWeb,
    SidecarGrpc,
    SidecarHttp,
    Postgres,
    Redis,
}
