namespace DaprSocial.Caching;

/// <summary>Whether a cache is used.</summary>
public enum CacheMode
{
    /// <summary>Every read goes to the store.</summary>
    Off,

    /// <summary>Reads look into the cache first.</summary>
    On,
}
