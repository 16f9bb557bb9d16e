namespace Grpc.Core;

/// <summary>What a call made while serving another inherits from it, as an opaque object of the server's.</summary>
/// <remarks>ASP.NET Core's server makes none; the type is here for the signatures.</remarks>
public abstract class ContextPropagationToken
{
    internal ContextPropagationToken()
    {
    }
}
