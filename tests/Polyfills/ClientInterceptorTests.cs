using Grpc.Core;
using Grpc.Core.Interceptors;
using Xunit;

namespace DaprSocial.Polyfills.Tests;

public sealed class ClientInterceptorTests
{
    private static readonly string[] _outerFirst =
        ["outer before", "inner before", "invoker", "inner after", "outer after"];

    private readonly List<string> _log = [];
    private readonly CallInvokerStub _invoker;
    private readonly Interceptor _outer;
    private readonly Interceptor _inner;

    public ClientInterceptorTests()
    {
        _invoker = new CallInvokerStub(_log);
        _outer = new LoggingClientInterceptor("outer", _log);
        _inner = new LoggingClientInterceptor("inner", _log);
    }

    public static TheoryData<string, Action<CallInvoker, CallOptions>> Kinds => new()
    {
        { "blocking", (invoker, options) => invoker.BlockingUnaryCall(EchoMethods.Say, "host", options, "ask") },
        { "unary", (invoker, options) => invoker.AsyncUnaryCall(EchoMethods.Say, "host", options, "ask") },
        { "server", (invoker, options) => invoker.AsyncServerStreamingCall(EchoMethods.Say, "host", options, "ask") },
        { "client", (invoker, options) => invoker.AsyncClientStreamingCall(EchoMethods.Say, "host", options) },
        { "duplex", (invoker, options) => invoker.AsyncDuplexStreamingCall(EchoMethods.Say, "host", options) },
    };

    [Theory]
    [MemberData(nameof(Kinds), DisableDiscoveryEnumeration = true)]
    public void Intercept_Several_RunsTheFirstListedFirst(string kind, Action<CallInvoker, CallOptions> call)
    {
        var headers = new Metadata();

        call(_invoker.Intercept(_outer, _inner), new CallOptions(headers));

        Assert.Equal(_outerFirst, _log);
        Assert.Same(EchoMethods.Say, _invoker.Method);
        Assert.Same(headers, _invoker.Options.Headers);
        Assert.Equal("host", _invoker.Host);
        Assert.Equal(kind is "client" or "duplex" ? null : "ask", _invoker.Request);
    }

    [Theory]
    [MemberData(nameof(Kinds), DisableDiscoveryEnumeration = true)]
    public void Intercept_OneAfterAnother_RunsTheLastAddedFirst(string kind, Action<CallInvoker, CallOptions> call)
    {
        call(_invoker.Intercept(_inner).Intercept(_outer), default);

        Assert.True(_outerFirst.SequenceEqual(_log), kind);
    }

    [Theory]
    [MemberData(nameof(Kinds), DisableDiscoveryEnumeration = true)]
    public void Intercept_NothingOverridden_GoesOnUnchanged(string kind, Action<CallInvoker, CallOptions> call)
    {
        var headers = new Metadata();

        call(_invoker.Intercept(new PlainInterceptor()), new CallOptions(headers));

        Assert.True(_log is ["invoker"], kind);
        Assert.Same(headers, _invoker.Options.Headers);
        Assert.Equal("host", _invoker.Host);
    }

    [Theory]
    [MemberData(nameof(Kinds), DisableDiscoveryEnumeration = true)]
    public void Intercept_HeaderFunction_ReplacesTheHeaders(string kind, Action<CallInvoker, CallOptions> call)
    {
        using var cancellation = new CancellationTokenSource();
        var invoker = _invoker.Intercept(headers => new Metadata { { "count", $"{headers.Count}" }, { "kind", kind } });

        call(invoker, new CallOptions(new Metadata { { "a", "1" } }, cancellationToken: cancellation.Token));

        Assert.Equal("1", _invoker.Options.Headers!.GetValue("count"));
        Assert.Equal(kind, _invoker.Options.Headers.GetValue("kind"));
        Assert.Equal(cancellation.Token, _invoker.Options.CancellationToken);

        call(invoker, default);

        Assert.Equal("0", _invoker.Options.Headers.GetValue("count"));
    }

    [Fact]
    public void Intercept_HeaderFunctionAndNoHeaders_MayAddToThem()
    {
        var invoker = _invoker.Intercept(headers =>
        {
            headers.Add("a", "1");
            return headers;
        });

        invoker.BlockingUnaryCall(EchoMethods.Say, null, default, "ask");

        Assert.Equal("1", _invoker.Options.Headers!.GetValue("a"));
    }

    [Fact]
    public void Intercept_Channel_DoesAsForAnInvoker()
    {
        var channel = new ChannelStub(_invoker);

        channel.Intercept(_outer, _inner).BlockingUnaryCall(EchoMethods.Say, null, default, "ask");
        channel.Intercept(_outer).BlockingUnaryCall(EchoMethods.Say, null, default, "ask");
        channel.Intercept(_ => new Metadata { { "a", "1" } })
            .BlockingUnaryCall(EchoMethods.Say, null, default, "ask");

        Assert.Equal([.. _outerFirst, "outer before", "invoker", "outer after", "invoker"], _log);
        Assert.Equal("1", _invoker.Options.Headers!.GetValue("a"));
    }

    [Fact]
    public void Intercept_NoInterceptors_IsTheInvokerItself()
    {
        Assert.Same(_invoker, _invoker.Intercept());
    }

    [Fact]
    public void Intercept_Null_Throws()
    {
        Assert.Throws<ArgumentNullException>(() => _invoker.Intercept((Interceptor)null!));
        Assert.Throws<ArgumentNullException>(() => _invoker.Intercept((Interceptor[])null!));
        Assert.Throws<ArgumentNullException>(() => _invoker.Intercept(_outer, null!));
        Assert.Throws<ArgumentNullException>(() => _invoker.Intercept((Func<Metadata, Metadata>)null!));
        Assert.Throws<ArgumentNullException>(() => ((CallInvoker)null!).Intercept(_outer));
        Assert.Throws<ArgumentNullException>(() => ((ChannelBase)null!).Intercept(_outer));
    }

    private sealed class PlainInterceptor : Interceptor;
}
