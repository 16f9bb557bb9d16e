using DaprSocial.Testing;

namespace DaprSocial.EndToEnd.Tests.Mesh;

/// <summary>One mesh for all tests of the collection; each test makes its own users.</summary>
public sealed class MeshFixture : IAsyncLifetime
{
    private TestDatabase? _database;
    private TestMesh? _mesh;

    internal TestMesh Mesh => _mesh ?? throw new InvalidOperationException("The mesh is not started.");

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _mesh = await TestMesh.StartAsync(_database);
    }

    public async Task DisposeAsync()
    {
        if (_mesh is not null)
            await _mesh.DisposeAsync();
        if (_database is not null)
            await _database.DisposeAsync();
    }
}
