namespace DaprSocial.Sidecar.State;

/// <summary>Why a store did not do what it was asked for; clients tell the kinds apart by their codes.</summary>
internal enum StateFailure
{
    /// <summary>Anything else, the store being away included.</summary>
    Other,

    /// <summary>Somebody else was first.</summary>
    EtagMismatch,

    /// <summary>The etag is none that the store gives.</summary>
    EtagInvalid,
}
