using Grpc.Core;

namespace DaprSocial.Hosting;

/// <summary>Options of calls from one service to another.</summary>
public static class OutgoingCall
{
    /// <summary>Options with a deadline and, if the call is on behalf of somebody, the actor.</summary>
    /// <param name="actor">The acting user; null for nobody.</param>
    /// <param name="timeout">The longest the call may take.</param>
    /// <param name="clock">Where now comes from.</param>
    /// <param name="cancellationToken">The incoming call's, so that its end and its deadline end this call too.</param>
    public static CallOptions Options(
        UserId? actor, TimeSpan timeout, TimeProvider clock, CancellationToken cancellationToken)
    {
        var headers = new Metadata();
        if (actor is { } id)
            headers.Add(HeaderCaller.Header, id.ToString());
        return new CallOptions(headers, clock.GetUtcNow().UtcDateTime + timeout, cancellationToken);
    }
}
