using DaprSocial.Testing;
using Grpc.Core;
using Grpc.Health.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace DaprSocial.Grpc.Tests.HealthCheck;

public sealed class HealthTests
{
    private readonly Dictionary<string, HealthStatus> _state = new()
    {
        ["store"] = HealthStatus.Healthy, ["cache"] = HealthStatus.Healthy,
    };

    [Fact]
    public async Task Check_SetByHand_AnswersTheState()
    {
        await using var host = await WebHost.StartAsync();
        var client = new Health.HealthClient(host.Invoker);
        host.Health.SetStatus("", ServingStatus.Serving);
        host.Health.SetStatus("a.Service", ServingStatus.NotServing);

        Assert.Equal(ServingStatus.Serving, (await client.CheckAsync(new())).Status);
        Assert.Equal(ServingStatus.NotServing, (await client.CheckAsync(new() { Service = "a.Service" })).Status);
        Assert.Equal(2, (await client.ListAsync(new())).Statuses.Count);
        var unknown = await Assert.ThrowsAsync<RpcException>(
            async () => await client.CheckAsync(new() { Service = "no.Service" }));
        Assert.Equal(StatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task List_MoreThanAHundred_IsRefused()
    {
        await using var host = await WebHost.StartAsync();
        for (var number = 0; number <= 100; number++)
            host.Health.SetStatus($"service.{number}", ServingStatus.Serving);

        var refusal = await Assert.ThrowsAsync<RpcException>(
            async () => await new Health.HealthClient(host.Invoker).ListAsync(new()));

        Assert.Equal(StatusCode.ResourceExhausted, refusal.StatusCode);
    }

    [Fact]
    public async Task Watch_ServiceBecomesKnownChangesAndGoes_TellsEachStateOnce()
    {
        await using var host = await WebHost.StartAsync();
        using var call = new Health.HealthClient(host.Invoker).Watch(new() { Service = "a.Service" });

        Assert.Equal(ServingStatus.ServiceUnknown, await NextAsync(call));
        host.Health.SetStatus("a.Service", ServingStatus.Serving);
        Assert.Equal(ServingStatus.Serving, await NextAsync(call));
        host.Health.SetStatus("a.Service", ServingStatus.Serving);
        host.Health.SetStatus("a.Service", ServingStatus.NotServing);
        Assert.Equal(ServingStatus.NotServing, await NextAsync(call));
        host.Health.ClearAll();
        Assert.Equal(ServingStatus.ServiceUnknown, await NextAsync(call));
    }

    [Fact]
    public async Task Check_ByHealthChecks_AsksThoseThatAreMapped()
    {
        await using var host = await StartWithChecksAsync();
        var client = new Health.HealthClient(host.Invoker);
        _state["cache"] = HealthStatus.Unhealthy;

        Assert.Equal(ServingStatus.NotServing, (await client.CheckAsync(new())).Status);
        Assert.Equal(ServingStatus.Serving, (await client.CheckAsync(new() { Service = "a.Service" })).Status);
        _state["store"] = HealthStatus.Degraded;
        Assert.Equal(ServingStatus.Serving, (await client.CheckAsync(new() { Service = "a.Service" })).Status);
        _state["store"] = HealthStatus.Unhealthy;
        Assert.Equal(ServingStatus.NotServing, (await client.CheckAsync(new() { Service = "a.Service" })).Status);
        Assert.Equal(ServingStatus.Unknown, (await client.CheckAsync(new() { Service = "of.Nothing" })).Status);
        var unknown = await Assert.ThrowsAsync<RpcException>(
            async () => await client.CheckAsync(new() { Service = "no.Service" }));
        Assert.Equal(StatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task Watch_ServerStops_TellsNotServingAndEnds()
    {
        await using var host = await StartWithChecksAsync();
        using var call = new Health.HealthClient(host.Invoker).Watch(new());
        // Published or not yet.
        Assert.Contains(await NextAsync(call), (ServingStatus[])[ServingStatus.ServiceUnknown, ServingStatus.Serving]);

        var stopping = host.StopAsync();
        var last = ServingStatus.Unknown;
        while (await call.ResponseStream.MoveNext(CancellationToken.None).InTimeAsync())
            last = call.ResponseStream.Current.Status;
        await stopping.InTimeAsync();

        Assert.Equal(ServingStatus.NotServing, last);
    }

    [Fact]
    public async Task Watch_AfterWatchesWereEnded_AnswersOnceAndEnds()
    {
        await using var host = await WebHost.StartAsync();
        host.Health.SetStatus("", ServingStatus.NotServing);
        host.Health.EndWatches();
        using var call = new Health.HealthClient(host.Invoker).Watch(new());

        Assert.Equal(ServingStatus.NotServing, await NextAsync(call));
        Assert.False(await call.ResponseStream.MoveNext(CancellationToken.None).InTimeAsync());
    }

    private Task<WebHost> StartWithChecksAsync() => WebHost.StartAsync(
        services => services
            .AddGrpcHealthChecks(options =>
            {
                options.Services.Map("a.Service", check => check.Tags.Contains("needed"));
                options.Services.Map("of.Nothing", _ => false);
            })
            .AddCheck("store", () => new HealthCheckResult(_state["store"]), ["needed"])
            .AddCheck("cache", () => new HealthCheckResult(_state["cache"])),
        application => application.MapGrpcHealthChecksService());

    private static async Task<ServingStatus> NextAsync(AsyncServerStreamingCall<HealthCheckResponse> call)
    {
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None).InTimeAsync());
        return call.ResponseStream.Current.Status;
    }
}
