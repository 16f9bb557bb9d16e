using DaprSocial.Errors;
using Grpc.Core;

namespace DaprSocial.Hosting;

/// <summary>Trusts the metadata <c>daprsocial-actor</c>.</summary>
/// <remarks>
/// Only for calls that nobody outside can forge: <see cref="ServiceHost"/> refuses to start with it unless every
/// listener is on loopback or an app token is set.
/// </remarks>
public sealed class HeaderCaller : ICaller
{
    /// <summary>The metadata key.</summary>
    public const string Header = "daprsocial-actor";

    /// <inheritdoc />
    public UserId? FindActor(ServerCallContext context)
    {
        var values = context.RequestHeaders.GetAll(Header).Select(entry => entry.Value).ToArray();
        return values switch
        {
            [] => null,
            // ASP.NET Core joins repeated metadata with a comma; a joined value is no id, so it is refused here too.
            [var value] when UserId.TryParse(value, out var id) => id,
            _ => throw Refusals.ActorInvalid(),
        };
    }
}
