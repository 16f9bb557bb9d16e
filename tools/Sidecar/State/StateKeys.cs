using DaprSocial.Sidecar.Components;

namespace DaprSocial.Sidecar.State;

/// <summary>How an app's key becomes the store's: <c>prefix||key</c>, the prefix by keyPrefix.</summary>
internal static class StateKeys
{
    public const string Separator = "||";

    /// <summary>The key as the store has it; null when it, or the prefix, holds the separator itself.</summary>
    public static string? InStore(string key, Component component, string appId)
    {
        var prefix = PrefixOf(component, appId);
        if (key.Contains(Separator, StringComparison.Ordinal) || prefix.Contains(Separator, StringComparison.Ordinal))
            return null;
        return prefix.Length == 0 ? key : prefix + Separator + key;
    }

    private static string PrefixOf(Component component, string appId) =>
        // daprd lower-cases the setting, whatever it is.
        component.Metadata.GetValueOrDefault("keyPrefix", "").ToLowerInvariant() switch
        {
            // There is no namespace here, for which daprd takes the app id too.
            "" or "appid" or "namespace" => appId,
            "name" => component.Name,
            "none" => "",
            var other => other,
        };
}
