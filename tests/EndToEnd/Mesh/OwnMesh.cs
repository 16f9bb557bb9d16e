using DaprSocial.Testing;

namespace DaprSocial.EndToEnd.Tests.Mesh;

/// <summary>A mesh on a database of its own, as long as its holder lives.</summary>
public abstract class OwnMesh : IAsyncLifetime
{
    private TestDatabase? _database;
    private TestMesh? _mesh;

    internal TestMesh Mesh => _mesh ?? throw new InvalidOperationException("The mesh is not started.");

    public virtual async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _mesh = await StartAsync(_database);
    }

    public async Task DisposeAsync()
    {
        if (_mesh is not null)
            await _mesh.DisposeAsync();
        if (_database is not null)
            await _database.DisposeAsync();
    }

    private protected virtual Task<TestMesh> StartAsync(TestDatabase database) => TestMesh.StartAsync(database);
}
