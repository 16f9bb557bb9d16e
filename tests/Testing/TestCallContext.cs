using Grpc.Core;

namespace DaprSocial.Testing;

/// <summary>The context of a call that no network carries.</summary>
public sealed class TestCallContext(
    string method = "/test.Service/Call", Metadata? headers = null, DateTime? deadline = null,
    CancellationToken? cancellationToken = null)
    : ServerCallContext
{
    /// <inheritdoc />
    protected override string MethodCore => method;

    /// <inheritdoc />
    protected override string HostCore => "127.0.0.1";

    /// <inheritdoc />
    protected override string PeerCore => "ipv4:127.0.0.1:1";

    /// <inheritdoc />
    protected override DateTime DeadlineCore => deadline ?? DateTime.MaxValue;

    /// <inheritdoc />
    protected override Metadata RequestHeadersCore { get; } = headers ?? [];

    /// <inheritdoc />
    protected override CancellationToken CancellationTokenCore => cancellationToken ?? CancellationToken.None;

    /// <inheritdoc />
    protected override Metadata ResponseTrailersCore { get; } = [];

    /// <inheritdoc />
    protected override Status StatusCore { get; set; }

    /// <inheritdoc />
    protected override WriteOptions? WriteOptionsCore { get; set; }

    /// <inheritdoc />
    protected override AuthContext AuthContextCore { get; } = new("", []);

    /// <inheritdoc />
    protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) =>
        throw new NotSupportedException();

    /// <inheritdoc />
    protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders) => Task.CompletedTask;
}
