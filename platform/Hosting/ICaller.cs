using DaprSocial.Errors;
using Grpc.Core;

namespace DaprSocial.Hosting;

/// <summary>Who is calling. The one place where a service learns an identity.</summary>
public interface ICaller
{
    /// <summary>The acting user of a call.</summary>
    /// <returns>Null when the call names none.</returns>
    /// <exception cref="ServiceException">ACTOR_INVALID: several, or not a user id.</exception>
    UserId? FindActor(ServerCallContext context);

    /// <summary>The acting user of a call that needs one.</summary>
    /// <exception cref="ServiceException">ACTOR_MISSING or ACTOR_INVALID.</exception>
    UserId RequireActor(ServerCallContext context) => FindActor(context) ?? throw Refusals.ActorMissing();
}
