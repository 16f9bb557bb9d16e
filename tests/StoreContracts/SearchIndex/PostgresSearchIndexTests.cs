namespace DaprSocial.SearchIndex.Tests;

/// <summary>The contract on PostgreSQL.</summary>
public sealed class PostgresSearchIndexTests(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>
{
    public static TheoryData<string> Ids => [.. SearchIndexContract.Checks.Keys];

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Index_KeepsTheContract(string id)
    {
        await using var index = await PostgresIndexUnderTest.CreateAsync(fixture.Database);

        await SearchIndexContract.Checks[id].RunAsync(index);
    }

    [Fact]
    public void Contract_EveryCheckSaysWhatItProves() =>
        Assert.All(SearchIndexContract.Checks.Values, check => Assert.True(check.Proves.Length > 20, check.Id));
}
