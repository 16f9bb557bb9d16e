using Dapper;
using DaprSocial.Bench;
using DaprSocial.Ctl.Mesh;
using DaprSocial.EndToEnd.Tests.Mesh;
using DaprSocial.Load;
using Npgsql;

namespace DaprSocial.EndToEnd.Tests;

[Collection(MeshCollection.Name)]
public sealed class BenchTests(MeshFixture fixture) : IDemoProgress
{
    private readonly TestMesh _mesh = fixture.Mesh;

    [Fact]
    public async Task WriteBench_OneSecond_MeasuresThreeWaysAndRemovesThePeersTable()
    {
        var target = new BenchTarget(
            _mesh.Ports.SidecarGrpcAddress(MeshApps.Edge),
            MeshApps.Services.ToDictionary(app => app, _mesh.Ports.ServiceAddress),
            _mesh.Store.ConnectionString,
            Environment.ProcessId);
        var options = new WriteBenchOptions { WriterCount = 2, Duration = TimeSpan.FromSeconds(1), RoundCount = 2 };

        var report = await WriteBench.RunAsync(target, options, this, CancellationToken.None);

        Assert.Equal(3, report.Figures.Count);
        Assert.All(report.Figures, figures => Assert.True(figures is
        {
            Count: > 0, PerSecond.Min: > 0, LatencyP50Ms: > 0,
        }));
        Assert.Equal(1, report.Figures[^1].Ratio);
        Assert.Equal(0, await CountPeerTablesAsync());
    }

    void IDemoProgress.Report(string stage, long done, long total) => Assert.InRange(done, 1, total);

    private async Task<long> CountPeerTablesAsync()
    {
        await using var connection = new NpgsqlConnection(_mesh.Store.ConnectionString);
        return await connection.QuerySingleAsync<long>(
            "select count(*) from information_schema.schemata where schema_name = 'daprsocial_bench'");
    }
}
