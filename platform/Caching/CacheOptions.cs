namespace DaprSocial.Caching;

/// <summary>Whether this process uses the cache, section <c>DaprSocial</c>.</summary>
public sealed class CacheOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string SectionName = "DaprSocial";

    /// <summary><c>DaprSocial:Cache</c>: <c>on</c> or <c>off</c>.</summary>
    public CacheMode Cache { get; set; } = CacheMode.Off;
}
