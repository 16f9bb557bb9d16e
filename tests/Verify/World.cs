using System.Reflection;
using Dapper;
using DaprSocial.Consistency;
using DaprSocial.Graph;
using DaprSocial.Hosting;
using DaprSocial.Media;
using DaprSocial.Load;
using DaprSocial.Posts;
using DaprSocial.Projections;
using DaprSocial.Search;
using DaprSocial.Testing;
using DaprSocial.Timelines;
using DaprSocial.Users;
using DaprSocial.Verify.Projections;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace DaprSocial.Verify.Tests;

/// <summary>The tables of all services, with a few right rows in them.</summary>
internal sealed class World : IAsyncDisposable, IDemoProgress
{
    public const string Ada = "018f6b1e-0000-7000-8000-00000000000a";
    public const string Bob = "018f6b1e-0000-7000-8000-00000000000b";
    public const string Eve = "018f6b1e-0000-7000-8000-00000000000e";
    public const string Picture = "018f6b1e-0000-7000-8000-0000000000c1";
    public const string Gone = "018f6b1e-0000-7000-8000-0000000000c2";
    public const string Post = "018f6b1e-0000-7000-8000-0000000000a1";
    public const string Reply = "018f6b1e-0000-7000-8000-0000000000b1";
    public const string Private = "018f6b1e-0000-7000-8000-0000000000a2";
    public const string Deleted = "018f6b1e-0000-7000-8000-0000000000b2";

    private static readonly ServiceDefinition[] _services =
    [
        UsersModule.Service, PostsModule.Service, GraphModule.Service, TimelinesModule.Service, MediaModule.Service,
        SearchModule.Service,
    ];

    private readonly TestDatabase _database;
    private SchemaNames? _names;

    private World(TestDatabase database) => _database = database;

    public VerifyOptions Options => new()
    {
        PostgresConnectionString = _database.ConnectionString,
        // What is behind stays behind: nothing runs here.
        CatchUpMax = TimeSpan.Zero,
    };

    public static async Task<World> CreateAsync()
    {
        var world = new World(await TestDatabase.CreateAsync());
        foreach (var service in _services)
            await world.MigrateAsync(service);
        await using var connection = await world.OpenAsync();
        world._names = await SchemaNames.ReadAsync(connection, CancellationToken.None);
        var after = ConsistencyToken.Of(
        [
            new StreamVersion(Guid.Parse(Ada), "graph", Guid.Parse(Bob), 1),
            new StreamVersion(Guid.Parse(Ada), "users", Guid.Parse(Ada), 1),
        ]);
        await world.ExecuteAsync(Seed.Sql, new { after = after.ToString() });
        return world;
    }

    /// <summary>Where the rows of a comparison lie, its schema in braces.</summary>
    public static string Projected(string comparison)
    {
        var names = comparison.Split('.');
        return names[1] is "known_user" or "known_media"
            ? $"{{{names[0]}}}.{names[1]}"
            : $"{{{names[0]}.projected}}.{names[1]}";
    }

    /// <summary>Runs statements that name schemas in braces, as comparisons do.</summary>
    public async Task ExecuteAsync(string sql, object? parameters = null)
    {
        await using var connection = await OpenAsync();
        await connection.ExecuteAsync(_names!.In(sql), parameters);
    }

    public Task<VerifyReport> VerifyAsync() => VerifyAsync(Options);

    public Task<VerifyReport> VerifyAsync(VerifyOptions options) =>
        Verifier.RunAsync(options, this, CancellationToken.None);

    public async Task<T> SnapshotAsync<T>(Func<Comparing.Snapshot, Task<T>> readAsync)
    {
        await using var source = NpgsqlDataSource.Create(_database.ConnectionString);
        await using var snapshot = await Comparing.Snapshot.TakeAsync(source, CancellationToken.None);
        return await readAsync(snapshot);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    void IDemoProgress.Report(string stage, long done, long total) => Assert.InRange(done, 0, total);

    private async Task MigrateAsync(ServiceDefinition service)
    {
        var services = new ServiceCollection();
        service.AddServices(services, ServiceRoles.All);
        var commands = services.Select(entry => entry.ImplementationInstance).OfType<Migration>();
        await MigrateAsync(service.AppId, commands);
        Assembly[] assemblies =
            [typeof(ProjectionsModule).Assembly, service.AddServices.Method.DeclaringType!.Assembly];
        var tables = assemblies.SelectMany(assembly => Migration.In(assembly, Migration.ProjectionFolder));
        await MigrateAsync($"{service.AppId}_v1", tables);
    }

    private async Task MigrateAsync(string schema, IEnumerable<Migration> migrations)
    {
        var settings = new NpgsqlConnectionStringBuilder(_database.ConnectionString) { SearchPath = schema };
        await using var source = NpgsqlDataSource.Create(settings);
        await SchemaMigrator.MigrateAsync(source, schema, migrations, TimeProvider.System, CancellationToken.None);
    }

    private async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(_database.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }
}
