using System.Net;
using DaprSocial.Errors;
using DaprSocial.Events;
using DaprSocial.Events.V1;
using DaprSocial.Hosting;
using DaprSocial.Identifiers;
using DaprSocial.Testing;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DaprSocial.EventLog.Tests;

/// <summary>A whole service process, as its Program.cs starts it, with a log and nothing else.</summary>
public sealed class ServiceHostTests(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>, IDisposable
{
    private readonly TestSchema _schema = TestSchema.In(fixture.Database);
    private readonly StatementWatch _watch = new();
    private readonly int _port = FreePorts.Find(1)[0];

    public void Dispose() => _watch.Dispose();

    [Fact]
    public async Task Start_OnANewDatabase_ServesItsLog()
    {
        await using var app = await StartAsync();

        var answer = await ListHeadsAsync(new ListStreamHeadsRequest());

        Assert.Equal(0, answer.HeadPosition);
        Assert.Equal([$"http://127.0.0.1:{_port}"], app.Urls);
    }

    [Fact]
    public async Task Refusal_OfACall_ReachesTheCallerWithItsReason()
    {
        await using var app = await StartAsync();

        var thrown = await Assert.ThrowsAsync<RpcException>(() =>
            ListHeadsAsync(new ListStreamHeadsRequest { PageSize = -1 }));

        Assert.Equal((StatusCode.InvalidArgument, "INVALID_PAGE_SIZE"), (thrown.StatusCode, thrown.GetReason()));
    }

    [Fact]
    public async Task Command_OfARunningService_ComesIntoItsLogByItself()
    {
        await using var app = await StartAsync();
        var runner = app.Services.GetRequiredService<CommandRunner>();
        var actor = Uuid.Create(1);
        var store = app.Services.GetRequiredService<EventLogStore>();
        var sequenced = _watch.NextEndAsync("delete from event_pending");

        await runner.RunAsync(
            LogHost.Call(actor), (command, token) => LogHost.CreateAsync(command, Topics.Users, actor, token),
            CancellationToken.None);
        do
        {
            await sequenced.InTimeAsync();
            sequenced = _watch.NextEndAsync("delete from event_pending");
            await using var commit = app.Services.GetRequiredService<WriteSource>().DataSource
                .CreateCommand("begin; lock table event_pending; commit");
            await commit.ExecuteNonQueryAsync();
        }
        while ((await store.ReadStateAsync(CancellationToken.None)).HeadPosition == 0);

        Assert.Equal(1, (await ListHeadsAsync(new ListStreamHeadsRequest())).HeadPosition);
    }

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://[::]:0")]
    public async Task Start_WithAListenerBeyondLoopback_IsNotReachableFromOutside(string url)
    {
        await using var app = await StartAsync($"--Kestrel:Endpoints:Open:Url={url}", $"--urls={url}");

        Assert.All(
            app.Urls, address => Assert.True(IPAddress.IsLoopback(IPAddress.Parse(new Uri(address).Host)), address));
    }

    [Fact]
    public async Task Queries_ThatWrite_AreRefusedByTheDatabase()
    {
        await using var app = await StartAsync();
        await using var read = app.Services.GetRequiredService<IDatabase>().Connect(_schema.Name, isReadOnly: true);
        await using var command = read.CreateCommand("delete from request");

        var thrown = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => command.ExecuteNonQueryAsync());

        Assert.Equal(Npgsql.PostgresErrorCodes.ReadOnlySqlTransaction, thrown.SqlState);
    }

    [Theory]
    [InlineData("--DaprSocial:Postgres=")]
    [InlineData("--DaprSocial:AppPort=70000")]
    public async Task Start_WithSettingsThatCannotBe_IsRefused(string setting) =>
        await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(setting));

    private Task<WebApplication> StartAsync(params string[] settings)
    {
        var definition = new ServiceDefinition(
            _schema.Name,
            (services, roles) => services.AddEventLog(roles),
            endpoints => endpoints.MapGrpcService<EventLogGrpcService>());
        string[] args =
        [
            $"--DaprSocial:Postgres={fixture.Database.ConnectionString}", $"--DaprSocial:AppPort={_port}", .. settings,
        ];
        return ServiceHost.StartAsync(
            definition, args,
            builder =>
            {
                builder.Logging.ClearProviders();
                builder.Services.Replace(ServiceDescriptor.Singleton(_ => _schema.Connect(_watch)));
            },
            CancellationToken.None);
    }

    private async Task<ListStreamHeadsResponse> ListHeadsAsync(ListStreamHeadsRequest request)
    {
        using var dapr = new Dapr.DaprClient(Options.Create(new Dapr.DaprOptions { GrpcPort = _port }));
        return await new EventLogService.EventLogServiceClient(dapr.CreateInvocationInvoker("x"))
            .ListStreamHeadsAsync(request);
    }
}
