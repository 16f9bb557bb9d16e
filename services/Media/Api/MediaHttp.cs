using System.Globalization;
using DaprSocial.Hosting;
using DaprSocial.Media.Blobs;
using DaprSocial.Media.Domain;
using DaprSocial.Media.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace DaprSocial.Media.Api;

/// <summary>Serves bytes to browsers, and to caches before them: a URL names its bytes for ever.</summary>
internal sealed class MediaHttp(
    MediaViewStore views, IBlobStore store, MediaUrls urls, ServiceIdentity identity, ILogger<MediaHttp> logger)
{
    // What somebody uploaded must not act on behalf of the site that shows it, whatever a browser takes it for.
    private const string Policy = "default-src 'none'; sandbox";

    public async Task HandleAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        if (!identity.Roles.HasFlag(ServiceRoles.Queries))
        {
            Refuse(response, StatusCodes.Status503ServiceUnavailable);
            return;
        }

        if (!BlobHash.TryParse(request.RouteValues["hash"] as string, out var original)
            || MediaUrls.VariantOf(request.RouteValues["variant"] as string) is not { } variant)
        {
            Refuse(response, StatusCodes.Status404NotFound);
            return;
        }

        var (expires, signature) = (request.Query["expires"], request.Query["signature"]);
        if (urls.LifetimeOf(original, variant, expires, signature) is not { } lifetime)
        {
            Refuse(response, StatusCodes.Status403Forbidden);
            return;
        }

        if (await views.FindBlobAsync(original, variant, context.RequestAborted) is not { } blob)
        {
            Refuse(response, StatusCodes.Status404NotFound);
            return;
        }

        Describe(response, blob, lifetime);
        if (IsKnown(request, blob))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        await ServeAsync(context, blob);
    }

    private async Task ServeAsync(HttpContext context, ServedBlob blob)
    {
        var response = context.Response;
        var (offset, length) = (0L, blob.Size);
        if (RangeOf(context.Request, blob) is { } range)
        {
            (offset, length) = range;
            if (length == 0)
            {
                response.Headers.ContentRange = new ContentRangeHeaderValue(blob.Size).ToString();
                Refuse(response, StatusCodes.Status416RangeNotSatisfiable);
                return;
            }

            response.StatusCode = StatusCodes.Status206PartialContent;
            response.Headers.ContentRange =
                new ContentRangeHeaderValue(offset, offset + length - 1, blob.Size).ToString();
        }

        if (HttpMethods.IsHead(context.Request.Method))
        {
            response.ContentLength = length;
            return;
        }

        await using var bytes = await store.OpenAsync(blob.Hash, offset, length, context.RequestAborted);
        if (bytes is null)
        {
            MediaLog.BlobMissing(logger, blob.Hash.Value);
            response.Headers.Clear();
            Refuse(response, StatusCodes.Status404NotFound);
            return;
        }

        response.ContentLength = length;
        await bytes.CopyToAsync(response.Body, context.RequestAborted);
    }

    private static void Describe(HttpResponse response, ServedBlob blob, TimeSpan lifetime)
    {
        var seconds = ((long)lifetime.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        response.Headers.CacheControl = $"public, max-age={seconds}, immutable";
        response.Headers.ETag = TagOf(blob);
        response.Headers.AcceptRanges = "bytes";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        response.ContentType = ContentTypes.NameOf(blob.Type);
    }

    private static void Refuse(HttpResponse response, int status)
    {
        response.StatusCode = status;
        response.ContentType = null;
        response.Headers.Remove(HeaderNames.ETag);
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
    }

    private static bool IsKnown(HttpRequest request, ServedBlob blob) =>
        request.GetTypedHeaders().IfNoneMatch is { Count: > 0 } known
        && known.Any(tag => tag.Tag == "*" || tag.Tag == TagOf(blob));

    /// <returns>
    /// Null for all of it, also where several ranges are asked for or none can be made out; a length of 0 when the
    /// range lies behind the end.
    /// </returns>
    private static (long Offset, long Length)? RangeOf(HttpRequest request, ServedBlob blob)
    {
        var headers = request.GetTypedHeaders();
        if (headers.Range is not { Unit.Value: "bytes", Ranges.Count: 1 } asked
            || (headers.IfRange is { } condition && condition.EntityTag?.Tag != TagOf(blob)))
            return null;
        return asked.Ranges.Single() switch
        {
            { From: { } from } when from >= blob.Size => (0, 0),
            { From: { } from, To: var to } => (from, Math.Min(to ?? blob.Size - 1, blob.Size - 1) - from + 1),
            { To: { } last } => (Math.Max(0, blob.Size - last), Math.Min(last, blob.Size)),
            _ => null,
        };
    }

    private static string TagOf(ServedBlob blob) => $"\"{blob.Hash}\"";
}
