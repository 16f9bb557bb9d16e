using DaprSocial.Hosting;
using DaprSocial.Testing;
using Npgsql;

namespace DaprSocial.EventLog.Tests;

public sealed class SchemaMigratorTests(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>, IAsyncLifetime
{
    private static readonly Migration _first = new("Test/0001.sql", "create table thing (id int)");
    private static readonly Migration _second = new("Test/0002.sql", "insert into thing values (2)");

    private readonly FakeTimeProvider _clock = new();
    private TestSchema _schema = null!;
    private WriteSource _source = null!;

    public Task InitializeAsync()
    {
        _schema = TestSchema.In(fixture.Database);
        _source = ConnectTo(_schema);
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => _source.DataSource.DisposeAsync().AsTask();

    [Fact]
    public async Task Migrate_NewSchema_AppliesAllInOrderAndNotesWhen()
    {
        await MigrateAsync(_first, _second);

        Assert.Equal((1L, 2L), (await CountAsync("thing"), await CountAsync("schema_migration")));
        var applied = await ReadAsync<DateTime>("select max(apply_time) from schema_migration");
        Assert.Equal(_clock.GetUtcNow().UtcDateTime, applied);
    }

    [Fact]
    public async Task Migrate_Again_AppliesOnlyWhatIsNew()
    {
        await MigrateAsync(_first);
        await MigrateAsync(_first, _second);
        await MigrateAsync(_first, _second);

        Assert.Equal(1L, await CountAsync("thing"));
    }

    [Fact]
    public async Task Migrate_ByManyAtOnce_AppliesEachOnce()
    {
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => MigrateAsync(_first, _second))));

        Assert.Equal((1L, 2L), (await CountAsync("thing"), await CountAsync("schema_migration")));
    }

    [Fact]
    public async Task Migrate_OneFails_LeavesNothing()
    {
        var broken = new Migration("Test/0003.sql", "create table other (id int); select 1 / 0");

        await Assert.ThrowsAsync<PostgresException>(() => MigrateAsync(_first, broken));
        await MigrateAsync(_first);

        Assert.Equal((0L, 1L), (await CountAsync("thing"), await CountAsync("schema_migration")));
        Assert.False(await ReadAsync<bool>("select to_regclass('other') is not null"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("users; drop table x")]
    [InlineData("Users")]
    [InlineData("us-ers")]
    public async Task Migrate_NameThatIsNoPlainWord_IsRefused(string schema)
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => SchemaMigrator.MigrateAsync(
            _source.DataSource, schema, [_first], _clock, CancellationToken.None));
    }

    [Fact]
    public void In_AnAssembly_FindsItsFilesInOrderUnderTheirOwner()
    {
        var migrations = Migration.In(typeof(EventLogModule).Assembly).ToList();

        Assert.Equal(
            ["DaprSocial.EventLog/0001_event_log.sql", "DaprSocial.EventLog/0002_erase.sql"],
            migrations.Select(migration => migration.Name));
        Assert.Contains("create table event_log", migrations[0].Sql, StringComparison.Ordinal);
    }

    private static WriteSource ConnectTo(TestSchema schema) => new(schema.Connect(new StatementWatch()));

    private Task MigrateAsync(params Migration[] migrations) =>
        SchemaMigrator.MigrateAsync(_source.DataSource, _schema.Name, migrations, _clock, CancellationToken.None);

    private Task<long> CountAsync(string table) => ReadAsync<long>("select count(*) from " + table);

    private async Task<T> ReadAsync<T>(string sql)
    {
        await using var connection = await _source.DataSource.OpenConnectionAsync();
        return await Dapper.SqlMapper.QuerySingleAsync<T>(connection, sql);
    }
}
