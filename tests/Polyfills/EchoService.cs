using System.Globalization;
using Grpc.Core;

namespace DaprSocial.Polyfills.Tests;

/// <summary>A service of texts.</summary>
[BindServiceMethod(typeof(EchoMethods), nameof(EchoMethods.Bind))]
public class EchoService
{
    /// <summary>Completes when a hanging call has reached the server.</summary>
    public TaskCompletionSource HangEntered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the server has seen a hanging call given up.</summary>
    public TaskCompletionSource GivenUp { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Answers with the request; repeats headers named <c>echo-…</c>, and tells the deadline.</summary>
    public virtual async Task<string> Say(string request, ServerCallContext context)
    {
        var echo = new Metadata();
        var wanted = context.RequestHeaders.Where(entry => entry.Key.StartsWith("echo-", StringComparison.Ordinal));
        foreach (var entry in wanted)
        {
            echo.Add(entry);
            context.ResponseTrailers.Add(entry);
        }

        context.ResponseTrailers.Add("deadline", context.Deadline.ToString("O", CultureInfo.InvariantCulture));
        await context.WriteResponseHeadersAsync(echo);
        return request;
    }

    /// <summary>Fails with ABORTED, the request as detail, and trailers.</summary>
    public virtual Task<string> Fail(string request, ServerCallContext context)
    {
        context.ResponseTrailers.Add("from", "context");
        throw new RpcException(
            new Status(StatusCode.Aborted, request),
            new Metadata { { "from", "exception" }, { "from-bin", [1, 255] } });
    }

    /// <summary>Ends only when the caller has given up.</summary>
    public virtual async Task<string> Hang(string request, ServerCallContext context)
    {
        await using var registration = context.CancellationToken.Register(GivenUp.SetResult);
        HangEntered.SetResult();
        await GivenUp.Task;
        return request;
    }

    /// <summary>Answers with the numbers from 0 below the request.</summary>
    public virtual async Task Count(
        string request, IServerStreamWriter<string> responseStream, ServerCallContext context)
    {
        var count = int.Parse(request, CultureInfo.InvariantCulture);
        for (var number = 0; number < count; number++)
            await responseStream.WriteAsync(number.ToString(CultureInfo.InvariantCulture), CancellationToken.None);
    }

    /// <summary>Answers with the requests joined together.</summary>
    public virtual async Task<string> Join(IAsyncStreamReader<string> requestStream, ServerCallContext context) =>
        string.Concat(await requestStream.ReadAllAsync().ToListAsync());

    /// <summary>Answers each request with itself.</summary>
    public virtual async Task Chat(
        IAsyncStreamReader<string> requestStream,
        IServerStreamWriter<string> responseStream,
        ServerCallContext context)
    {
        await foreach (var request in requestStream.ReadAllAsync())
            await responseStream.WriteAsync(request);
    }
}
