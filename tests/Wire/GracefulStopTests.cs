using System.Net.Sockets;
using DaprSocial.Testing;
using DaprSocial.Wire.Tests.Http2;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Microsoft.Extensions.DependencyInjection;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace DaprSocial.Wire.Tests;

/// <summary>A service that is told to stop: what its callers see, in which order.</summary>
public sealed class GracefulStopTests : IAsyncLifetime
{
    private const int NoError = 0;

    // "No more streams, but I do not say yet which were the last" (RFC 9113 §6.8).
    private const int AnyStream = int.MaxValue;

    private static readonly byte[] _message = GrpcFrame.Of(Requests.Message);

    private RunningService? _service;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _service?.DisposeAsync() ?? Task.CompletedTask;

    [Fact]
    public async Task Stop_CallInFlight_SaysGoAwayAnswersAndCloses()
    {
        var service = await StartAsync();
        using var connection = await RawConnection.StartAsync(service.Port);
        var stream = await OpenCallAsync(connection);

        var stopped = service.StopAsync();
        var goAway = await connection.ReadToAsync(frame => frame.Type == FrameType.GoAway).InTimeAsync();
        await connection.SendAsync(new Frame(FrameType.Data, FrameFlags.EndStream, stream, _message[3..]));
        var answer = await connection.ReadAnswerAsync(stream).InTimeAsync();
        // Clients close now; to one that goes on talking, the server says once more which stream was the last.
        await connection.SendAsync(new Frame(FrameType.Ping, FrameFlags.None, 0, new byte[8]));
        var end = await connection.ReadToAsync(frame => frame.Type == FrameType.GoAway).InTimeAsync();
        await stopped.InTimeAsync();

        Assert.Equal((AnyStream, NoError), (goAway.LastStreamId, goAway.ErrorCode));
        Assert.Equal(StatusCode.OK, answer.Status);
        Assert.Equal((stream, NoError), (end.LastStreamId, end.ErrorCode));
        await Assert.ThrowsAsync<SocketException>(() => RawConnection.ConnectAsync(service.Port));
    }

    [Fact]
    public async Task Stop_CallThatDoesNotEnd_IsCut()
    {
        var service = await StartAsync("--DaprSocial:ShutdownTimeoutMs=50");
        using var connection = await RawConnection.StartAsync(service.Port);
        var stream = await OpenCallAsync(connection);

        await service.StopAsync().InTimeAsync();
        var answer = await connection.ReadAnswerAsync(stream).InTimeAsync();

        Assert.Equal((null, true), (answer.Status, answer.IsClosed));
    }

    [Fact]
    public async Task Stop_WithADelay_IsNotReadyButTakesCalls()
    {
        var clock = FakeTimeProvider.AtRealTime();
        var delay = TimeSpan.FromMilliseconds(12_345);
        var service = await StartAsync(clock, "--DaprSocial:ShutdownDelayMs=12345");
        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{service.Port}");
        var health = new Health.HealthClient(channel);
        Assert.Equal(ServingStatus.Serving, (await health.CheckAsync(new())).Status);
        using var watch = health.Watch(new());
        Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None).InTimeAsync());

        var stopped = service.StopAsync();
        await clock.WhenScheduledAsync(delay).InTimeAsync();

        Assert.Equal(ServingStatus.NotServing, (await health.CheckAsync(new())).Status);
        Assert.Equal(ServingStatus.NotServing, await LastAsync(watch));
        using var later = health.Watch(new());
        Assert.Equal(ServingStatus.NotServing, await LastAsync(later));
        var answer = await service.CallAsync(Requests.Fields(), _message);
        Assert.Equal((StatusCode.OK, null), (answer.Status, answer.GoAway));
        Assert.False(stopped.IsCompleted);

        clock.Advance(delay);
        await stopped.InTimeAsync();
        await Assert.ThrowsAsync<SocketException>(() => RawConnection.ConnectAsync(service.Port));
    }

    [Fact]
    public async Task Stop_DelayCutShort_StopsAllTheSame()
    {
        // Of the whole stop, 1 ms: the fake clock's delay would never end.
        var service = await StartAsync(
            FakeTimeProvider.AtRealTime(), "--DaprSocial:ShutdownDelayMs=1", "--DaprSocial:ShutdownTimeoutMs=0");

        await service.StopAsync().InTimeAsync();

        await Assert.ThrowsAsync<SocketException>(() => RawConnection.ConnectAsync(service.Port));
    }

    /// <summary>Opens a call whose body has begun, and waits until the service has seen that.</summary>
    private static async Task<int> OpenCallAsync(RawConnection connection)
    {
        var stream = await connection.OpenAsync(Requests.Fields());
        await connection.SendAsync(new Frame(FrameType.Data, FrameFlags.None, stream, _message[..3]));
        await connection.FlushAsync().InTimeAsync();
        return stream;
    }

    private static async Task<ServingStatus> LastAsync(AsyncServerStreamingCall<HealthCheckResponse> watch)
    {
        var last = ServingStatus.Unknown;
        while (await watch.ResponseStream.MoveNext(CancellationToken.None).InTimeAsync())
            last = watch.ResponseStream.Current.Status;
        return last;
    }

    private Task<RunningService> StartAsync(params string[] settings) => StartAsync(TimeProvider.System, settings);

    private async Task<RunningService> StartAsync(TimeProvider clock, params string[] settings)
    {
        _service = new RunningService(settings, builder => builder.Services.AddSingleton(clock));
        await _service.InitializeAsync();
        return _service;
    }
}
