using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using DaprSocial.Errors;
using DaprSocial.Identifiers;
using DaprSocial.Tokens.V1;
using Google.Protobuf;

namespace DaprSocial.Paging;

/// <summary>
/// Opaque place in a listing (AIP-158): the last id of a page, bound to the listing's other parameters.
/// </summary>
public static class PageToken
{
    /// <summary>No token of ours is longer, in characters.</summary>
    private const int LengthMax = 64;

    /// <summary>Makes the token that continues after an item.</summary>
    /// <param name="lastId">Id of the last item of the page.</param>
    /// <param name="query">The listing's name and parameters, the same text for every page.</param>
    public static string Encode(Guid lastId, string query)
    {
        var payload = new PageTokenPayload
        {
            LastId = ByteString.CopyFrom(Uuid.ToBytes(lastId)),
            QueryHash = Hash(query),
        };
        return Base64Url.EncodeToString(payload.ToByteArray());
    }

    /// <summary>Reads a token.</summary>
    /// <returns>The id to continue after, or null for an empty token, which asks for the first page.</returns>
    /// <exception cref="ServiceException">INVALID_PAGE_TOKEN: garbled, or made with other parameters.</exception>
    public static Guid? Decode(string token, string query)
    {
        if (token.Length == 0)
            return null;
        if (token.Length > LengthMax || !Base64Url.IsValid(token))
            throw Refusals.InvalidPageToken();

        PageTokenPayload payload;
        try
        {
            payload = PageTokenPayload.Parser.ParseFrom(Base64Url.DecodeFromChars(token));
        }
        catch (InvalidProtocolBufferException)
        {
            throw Refusals.InvalidPageToken();
        }

        if (payload.QueryHash != Hash(query) || !Uuid.TryFromBytes(payload.LastId.Span, out var lastId))
            throw Refusals.InvalidPageToken();
        return lastId;
    }

    private static ulong Hash(string query) =>
        BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(query)).AsSpan(0, sizeof(ulong)));
}
