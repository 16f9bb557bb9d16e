using Dapper;
using DaprSocial.Testing;

namespace DaprSocial.SearchIndex.Tests;

/// <summary>One database for all checks; each has a schema of its own in it.</summary>
public sealed class DatabaseFixture : IAsyncLifetime
{
    public TestDatabase Database { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        Database = await TestDatabase.CreateAsync();
    }

    public async Task DisposeAsync() => await Database.DisposeAsync();
}
