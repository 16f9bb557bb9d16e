using Dapr.AppCallback.Autogen.Grpc.v1;
using DaprSocial.Identifiers;
using DaprSocial.Load.Driving;
using DaprSocial.Posts.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;

namespace DaprSocial.Faults.Running;

/// <summary>
/// Asks an instance with a wrong clock, past the sidecar: it must not be ready, refuse commands, and answer.
/// </summary>
internal sealed class ClockProbe(FaultHistory history)
{
    private const string Promise = "a wrong clock takes no commands";
    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(5);

    public async Task CheckAsync(string instance, int port, Guid actor, CancellationToken cancellationToken)
    {
        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{port}");
        var posts = new PostService.PostServiceClient(channel);
        var headers = new Metadata { { "daprsocial-actor", $"{actor}" } };
        var create = new CreatePostRequest { Text = "by a wrong clock" };
        var refusal = await FailureAsync(posts.CreatePostAsync(create, Options(headers, cancellationToken)));
        if (refusal is null || Refusals.ReasonOf(refusal) != "CLOCK_SKEW")
            history.Violated(Promise, $"{instance} answers CreatePost with {Describe(refusal)}");

        var health = new AppCallbackHealthCheck.AppCallbackHealthCheckClient(channel);
        var unready = await FailureAsync(health.HealthCheckAsync(new Empty(), Options([], cancellationToken)));
        if (unready is null)
            history.Violated(Promise, $"{instance} says that it is ready");

        var query = new BatchGetPostsRequest { PostIds = { $"{Uuid.Create(0)}" } };
        var failure = await FailureAsync(posts.BatchGetPostsAsync(query, Options(headers, cancellationToken)));
        if (failure is not null)
        {
            history.Violated(
                "a wrong clock breaks nothing else", $"{instance} answers a query with {Describe(failure)}");
        }

        history.Say($"{instance} with a wrong clock: command {Describe(refusal)}");
    }

    private static CallOptions Options(Metadata headers, CancellationToken cancellationToken) =>
        new(headers, TimeProvider.System.GetUtcNow().UtcDateTime + _timeout, cancellationToken);

    private static async Task<RpcException?> FailureAsync<T>(AsyncUnaryCall<T> call)
    {
        using (call)
        {
            try
            {
                await call;
                return null;
            }
            catch (RpcException exception)
            {
                return exception;
            }
        }
    }

    private static string Describe(RpcException? exception) =>
        exception is null ? "an answer" : Refusals.Describe(exception);
}
