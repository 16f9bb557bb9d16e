using DaprSocial.Caching;
using DaprSocial.Ctl.Mesh;
using DaprSocial.Testing;

namespace DaprSocial.EndToEnd.Tests.Mesh;

/// <summary>A mesh whose services use their cache.</summary>
public sealed class CachedMesh : OwnMesh
{
    private protected override Task<TestMesh> StartAsync(TestDatabase database) =>
        TestMesh.StartAsync(database, MeshRoles.All, CacheMode.On);
}
