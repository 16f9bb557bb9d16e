using DaprSocial.Errors;
using DaprSocial.Hosting;
using DaprSocial.Testing;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using Npgsql;
using Status = Grpc.Core.Status;

namespace DaprSocial.Platform.Tests.Hosting;

public sealed class ErrorInterceptorTests
{
    private const string Secret = "the secret of the database";

    private readonly LogRecorder<ErrorInterceptor> _log = new();

    [Fact]
    public async Task Call_ThatSucceeds_IsAnsweredAsIs()
    {
        var answer = new Empty();

        Assert.Same(answer, await new ErrorInterceptor(_log).UnaryServerHandler<Empty, Empty>(
            new Empty(), Context(), (_, _) => Task.FromResult(answer)));
    }

    [Fact]
    public async Task Refusal_Always_IsTheReasonAndLogsNothing()
    {
        var thrown = await CallAsync(Refusals.InvalidId("user_id"));

        Assert.Equal((StatusCode.InvalidArgument, "INVALID_ID"), (thrown.StatusCode, thrown.GetReason()));
        Assert.Empty(_log.Entries);
    }

    [Fact]
    public async Task Bug_Always_IsInternalWithoutTextAndLoggedOnce()
    {
        var thrown = await CallAsync(new InvalidOperationException(Secret));

        Assert.Equal((StatusCode.Internal, "INTERNAL"), (thrown.StatusCode, thrown.GetReason()));
        Assert.DoesNotContain(Secret, thrown.Status.Detail, StringComparison.Ordinal);
        Assert.Equal(LogLevel.Error, Assert.Single(_log.Entries).Level);
    }

    [Theory]
    [InlineData(PostgresErrorCodes.DeadlockDetected)]
    [InlineData(PostgresErrorCodes.SerializationFailure)]
    public async Task Database_LostRace_IsConflict(string state)
    {
        var thrown = await CallAsync(new PostgresException(Secret, "ERROR", "ERROR", state));

        Assert.Equal((StatusCode.Aborted, "CONFLICT"), (thrown.StatusCode, thrown.GetReason()));
    }

    [Fact]
    public async Task Database_Away_IsDependencyUnavailable()
    {
        var away = await CallAsync(new NpgsqlException(Secret));
        var stopping = await CallAsync(new PostgresException(Secret, "FATAL", "FATAL", PostgresErrorCodes.AdminShutdown));

        Assert.All([away, stopping], thrown =>
        {
            Assert.Equal((StatusCode.Unavailable, "DEPENDENCY_UNAVAILABLE"), (thrown.StatusCode, thrown.GetReason()));
            Assert.DoesNotContain(Secret, thrown.Status.Detail, StringComparison.Ordinal);
        });
        Assert.Equal(2, _log.Entries.Count);
    }

    [Fact]
    public async Task Database_RefusesAStatement_IsABug()
    {
        var thrown = await CallAsync(new PostgresException(Secret, "ERROR", "ERROR", PostgresErrorCodes.UniqueViolation));

        Assert.Equal("INTERNAL", thrown.GetReason());
    }

    [Fact]
    public async Task Service_BehindRefusesWithAReason_IsPassedOn()
    {
        var behind = Refusals.Conflict().ToRpcException();

        Assert.Same(behind, await CallAsync(behind));
    }

    [Fact]
    public async Task Service_BehindIsAway_IsDependencyUnavailable()
    {
        var thrown = await CallAsync(new RpcException(new Status(StatusCode.DeadlineExceeded, Secret)));

        Assert.Equal((StatusCode.Unavailable, "DEPENDENCY_UNAVAILABLE"), (thrown.StatusCode, thrown.GetReason()));
        Assert.DoesNotContain(Secret, thrown.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sidecar_CannotReachTheServiceBehind_IsDependencyUnavailable()
    {
        var details = new Google.Rpc.Status
        {
            Details = { Any.Pack(new ErrorInfo { Type = "ERR_DIRECT_INVOKE", Domain = "dapr.io" }) },
        };
        var behind = new RpcException(
            new Status(StatusCode.Internal, Secret),
            new Metadata { { MetadataExtensions.StatusDetailsTrailerName, details.ToByteArray() } });

        Assert.Equal("DEPENDENCY_UNAVAILABLE", (await CallAsync(behind)).GetReason());
    }

    [Fact]
    public async Task Callback_OfTheSidecar_KeepsItsOwnStatus()
    {
        var status = new RpcException(new Status(StatusCode.Unavailable, "not ready"));

        var thrown = await CallAsync(
            status, new TestCallContext("/dapr.proto.runtime.v1.AppCallbackHealthCheck/HealthCheck"));

        Assert.Same(status, thrown);
    }

    [Fact]
    public async Task Caller_HasGone_IsCancelledAndLogsNothing()
    {
        var context = Context(new CancellationToken(canceled: true));

        var waiting = await CallAsync(new OperationCanceledException(), context);
        var calling = await CallAsync(new RpcException(Status.DefaultCancelled), context);

        Assert.All([waiting, calling], thrown => Assert.Equal(StatusCode.Cancelled, thrown.StatusCode));
        Assert.Empty(_log.Entries);
    }

    [Fact]
    public async Task Cancellation_ThatTheCallerDidNotAsk_IsABug() =>
        Assert.Equal("INTERNAL", (await CallAsync(new OperationCanceledException())).GetReason());

    [Fact]
    public async Task Stream_ThatRefuses_IsTheReason()
    {
        var thrown = await Assert.ThrowsAsync<RpcException>(() => new ErrorInterceptor(_log)
            .ServerStreamingServerHandler<Empty, Empty>(
                new Empty(), null!, Context(), (_, _, _) => throw Refusals.InvalidId("stream")));

        Assert.Equal("INVALID_ID", thrown.GetReason());
    }

    private static TestCallContext Context(CancellationToken? cancellationToken = null) =>
        new("/daprsocial.users.v1.UserService/GetUser", cancellationToken: cancellationToken);

    private Task<RpcException> CallAsync(Exception exception, ServerCallContext? context = null) =>
        Assert.ThrowsAsync<RpcException>(() => new ErrorInterceptor(_log).UnaryServerHandler<Empty, Empty>(
            new Empty(), context ?? Context(), (_, _) => throw exception));
}
