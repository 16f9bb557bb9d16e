namespace Grpc.Core;

/// <summary>What one call is made with. Immutable; the <c>With…</c> methods give changed copies.</summary>
/// <param name="headers">Headers to send, or null for none.</param>
/// <param name="deadline">When the call is given up, in UTC; null for never.</param>
/// <param name="cancellationToken">Gives the call up when cancelled.</param>
/// <param name="writeOptions">How the requests are written, or null for the default.</param>
/// <param name="propagationToken">What is inherited from the call being served, or null.</param>
/// <param name="credentials">Credentials of this call, or null.</param>
public readonly struct CallOptions(
    Metadata? headers = null,
    DateTime? deadline = null,
    CancellationToken cancellationToken = default,
    WriteOptions? writeOptions = null,
    ContextPropagationToken? propagationToken = null,
    CallCredentials? credentials = null)
{
    /// <summary>Headers to send, or null for none.</summary>
    public Metadata? Headers { get; private init; } = headers;

    /// <summary>When the call is given up, in UTC; null for never.</summary>
    public DateTime? Deadline { get; private init; } = deadline;

    /// <summary>Gives the call up when cancelled.</summary>
    public CancellationToken CancellationToken { get; private init; } = cancellationToken;

    /// <summary>How the requests are written, or null for the default.</summary>
    public WriteOptions? WriteOptions { get; private init; } = writeOptions;

    /// <summary>What is inherited from the call being served, or null.</summary>
    public ContextPropagationToken? PropagationToken { get; private init; } = propagationToken;

    /// <summary>Credentials of this call, or null.</summary>
    public CallCredentials? Credentials { get; private init; } = credentials;

    /// <summary>Whether the call waits for a connection instead of failing when there is none.</summary>
    public bool IsWaitForReady { get; private init; } = false;

    /// <summary>Gives a copy with other headers.</summary>
    /// <param name="headers">Headers to send.</param>
    /// <returns>The copy.</returns>
    public CallOptions WithHeaders(Metadata headers) => this with { Headers = headers };

    /// <summary>Gives a copy with another deadline.</summary>
    /// <param name="deadline">When the call is given up, in UTC.</param>
    /// <returns>The copy.</returns>
    public CallOptions WithDeadline(DateTime deadline) => this with { Deadline = deadline };

    /// <summary>Gives a copy with another cancellation token.</summary>
    /// <param name="cancellationToken">Gives the call up when cancelled.</param>
    /// <returns>The copy.</returns>
    public CallOptions WithCancellationToken(CancellationToken cancellationToken) =>
        this with { CancellationToken = cancellationToken };

    /// <summary>Gives a copy with other write options.</summary>
    /// <param name="writeOptions">How the requests are written.</param>
    /// <returns>The copy.</returns>
    public CallOptions WithWriteOptions(WriteOptions writeOptions) => this with { WriteOptions = writeOptions };

    /// <summary>Gives a copy with another propagation token.</summary>
    /// <param name="propagationToken">What is inherited from the call being served.</param>
    /// <returns>The copy.</returns>
    public CallOptions WithPropagationToken(ContextPropagationToken propagationToken) =>
        this with { PropagationToken = propagationToken };

    /// <summary>Gives a copy with other credentials.</summary>
    /// <param name="credentials">Credentials of this call.</param>
    /// <returns>The copy.</returns>
    public CallOptions WithCredentials(CallCredentials credentials) => this with { Credentials = credentials };

    /// <summary>Gives a copy that waits, or does not wait, for a connection.</summary>
    /// <param name="waitForReady">Whether the call waits instead of failing when there is no connection.</param>
    /// <returns>The copy.</returns>
    public CallOptions WithWaitForReady(bool waitForReady = true) => this with { IsWaitForReady = waitForReady };
}
