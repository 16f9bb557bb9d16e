namespace DaprSocial.Dapr;

/// <summary>Names of the state store components.</summary>
public static class StateStoreNames
{
    /// <summary>What can be made again from a service's own database.</summary>
    public const string Cache = "statestore";
}
