namespace DaprSocial.Projections;

/// <summary>A service's projections as a whole, for hosts and tests.</summary>
public interface IProjectionEngine
{
    /// <summary>Applies everything that the source logs hold now, whatever the broker did.</summary>
    /// <returns>How many streams had to be repaired from a log.</returns>
    /// <exception cref="Grpc.Core.RpcException">A source does not answer.</exception>
    Task<int> CatchUpAsync(CancellationToken cancellationToken);
}
