using DaprSocial.Testing;

namespace DaprSocial.Projections.Tests;

/// <summary>One database for the tests of a class; each test has a schema of its own in it.</summary>
public sealed class DatabaseFixture : IAsyncLifetime
{
    public TestDatabase Database { get; private set; } = null!;

    public async Task InitializeAsync() => Database = await TestDatabase.CreateAsync();

    public Task DisposeAsync() => Database.DisposeAsync().AsTask();
}
