namespace DaprSocial.Bench.Grpc;

/// <summary>How one server did with one kind of call.</summary>
/// <param name="PerSecond">Calls a second.</param>
/// <param name="ToCeiling">
/// The same as a part of the first server's in the same round: what slows the machine for a while slows both.
/// </param>
/// <param name="CpuMsPerThousand">CPU time of the server for 1,000 calls, in milliseconds.</param>
public sealed record GrpcFigures(string Peer, Spread PerSecond, Spread ToCeiling, Spread CpuMsPerThousand)
{
    /// <param name="peers">The ceiling first.</param>
    /// <param name="turns">Of each, in order, its turn in each round.</param>
    internal static IReadOnlyList<GrpcFigures> Of(
        IReadOnlyList<GrpcPeer> peers, IReadOnlyList<IReadOnlyList<GrpcTurn>> turns) =>
    [
        .. peers.Zip(turns, (peer, own) => new GrpcFigures(
            peer.Name,
            Spread.Of([.. own.Select(turn => turn.PerSecond)]),
            Spread.Of([.. own.Zip(turns[0], (turn, ceiling) => turn.PerSecond / ceiling.PerSecond)]),
            Spread.Of([.. own.Select(turn => turn.CpuMsPerThousand)]))),
    ];
}
