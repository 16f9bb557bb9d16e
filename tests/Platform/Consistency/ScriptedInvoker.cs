using Grpc.Core;

namespace DaprSocial.Platform.Tests.Consistency;

/// <summary>Answers unary calls as the test says and keeps the requests.</summary>
internal sealed class ScriptedInvoker(Func<object, Task<object>> answerAsync) : CallInvoker
{
    public List<object> Requests { get; } = [];

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        Requests.Add(request);
        return new AsyncUnaryCall<TResponse>(
            AnswerAsync<TResponse>(request), Task.FromResult(new Metadata { { "header", "h" } }),
            () => new Status(StatusCode.OK, "fine"), () => [new Metadata.Entry("trailer", "t")], () => { });
    }

    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
        throw new NotSupportedException();

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
        throw new NotSupportedException();

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options) => throw new NotSupportedException();

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options) => throw new NotSupportedException();

    private async Task<TResponse> AnswerAsync<TResponse>(object request) => (TResponse)await answerAsync(request);
}
