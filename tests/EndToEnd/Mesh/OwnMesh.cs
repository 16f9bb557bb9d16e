using DaprSocial.Testing;

namespace DaprSocial.EndToEnd.Tests.Mesh;

/// <summary>Tests that break or change what all share, each on a mesh and a database of its own.</summary>
public abstract class OwnMesh : IAsyncLifetime
{
    private TestDatabase? _database;
    private TestMesh? _mesh;

    private protected TestMesh Mesh => _mesh!;

    public virtual async Task InitializeAsync()
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
