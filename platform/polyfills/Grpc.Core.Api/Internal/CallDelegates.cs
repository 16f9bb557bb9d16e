namespace Grpc.Core.Internal;

/// <summary>The state of a call made from delegates without a state of its own.</summary>
internal sealed record CallDelegates(
    Task<Metadata> ResponseHeadersAsync,
    Func<Status> GetStatus,
    Func<Metadata> GetTrailers,
    Action Dispose);
