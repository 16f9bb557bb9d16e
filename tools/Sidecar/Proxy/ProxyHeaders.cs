using System.Collections.Frozen;
using System.Net.Http.Headers;
using DaprSocial.Sidecar.Mesh;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace DaprSocial.Sidecar.Proxy;

/// <summary>Carries metadata from caller to app and back, as daprd does.</summary>
internal static class ProxyHeaders
{
    // What the sidecar itself decides. The app would take a client's own copy of these for the sidecar's word.
    private static readonly FrozenSet<string> _withheld = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "Host",
        DaprHeaders.AppId,
        DaprHeaders.CalleeAppId,
        DaprHeaders.CallerAppId,
        DaprHeaders.ApiToken);

    public static void CopyRequest(
        IHeaderDictionary from, HttpRequestMessage to, string callerAppId, AppEndpoint callee)
    {
        foreach (var (name, values) in from)
        {
            if (!_withheld.Contains(name))
                Add(to, name, values);
        }

        if (callerAppId != callee.AppId)
        {
            to.Headers.TryAddWithoutValidation(DaprHeaders.CallerAppId, callerAppId);
            to.Headers.TryAddWithoutValidation(DaprHeaders.CalleeAppId, callee.AppId);
        }

        if (callee.Token is { } token)
            to.Headers.TryAddWithoutValidation(DaprHeaders.ApiToken, token);
    }

    public static void CopyResponse(HttpResponseMessage from, HttpResponse to)
    {
        to.StatusCode = (int)from.StatusCode;
        Copy(from.Headers, to.Headers);
        Copy(from.Content.Headers, to.Headers);
    }

    public static void Copy(HttpHeaders from, IHeaderDictionary to)
    {
        foreach (var (name, values) in from.NonValidated)
            to[name] = values.Count == 1 ? values.ToString() : new StringValues([.. values]);
    }

    private static void Add(HttpRequestMessage to, string name, StringValues values)
    {
        // Several lines of one name leave as one: gRPC splits binary values at bare commas only.
        var value = values.Count == 1 ? values.ToString() : string.Join(',', values.AsEnumerable());
        if (name.Equals(DaprHeaders.Traceparent, StringComparison.OrdinalIgnoreCase))
            value = value[(value.LastIndexOf(',') + 1)..].Trim();
        if (!to.Headers.TryAddWithoutValidation(name, value))
            to.Content!.Headers.TryAddWithoutValidation(name, value);
    }
}
