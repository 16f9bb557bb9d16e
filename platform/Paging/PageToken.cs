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

    /// <summary>Neither is one with a cursor.</summary>
    private const int CursorLengthMax = 2048;

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
        return Uuid.TryFromBytes(Parse(token, LengthMax, query).LastId.Span, out var lastId)
            ? lastId
            : throw Refusals.InvalidPageToken();
    }

    /// <summary>Makes the token of a listing that does not run by ids alone.</summary>
    /// <param name="cursor">Where the listing goes on; at most 1,024 bytes.</param>
    /// <param name="query">The listing's name and parameters, the same text for every page.</param>
    public static string EncodeCursor(IMessage cursor, string query)
    {
        var payload = new PageTokenPayload { Cursor = cursor.ToByteString(), QueryHash = Hash(query) };
        return Base64Url.EncodeToString(payload.ToByteArray());
    }

    /// <summary>Reads a token of <see cref="EncodeCursor"/>. A caller may make one up: check what is in it.</summary>
    /// <returns>The cursor, or null for an empty token, which asks for the first page.</returns>
    /// <exception cref="ServiceException">INVALID_PAGE_TOKEN: garbled, or made with other parameters.</exception>
    public static T? DecodeCursor<T>(string token, string query)
        where T : class, IMessage<T>, new()
    {
        if (token.Length == 0)
            return null;
        var cursor = Parse(token, CursorLengthMax, query).Cursor;
        try
        {
            return cursor.IsEmpty
                ? throw Refusals.InvalidPageToken()
                : new MessageParser<T>(() => new T()).ParseFrom(cursor);
        }
        catch (InvalidProtocolBufferException)
        {
            throw Refusals.InvalidPageToken();
        }
    }

    private static PageTokenPayload Parse(string token, int lengthMax, string query)
    {
        if (token.Length > lengthMax || !Base64Url.IsValid(token))
            throw Refusals.InvalidPageToken();
        try
        {
            var payload = PageTokenPayload.Parser.ParseFrom(Base64Url.DecodeFromChars(token));
            return payload.QueryHash == Hash(query) ? payload : throw Refusals.InvalidPageToken();
        }
        catch (InvalidProtocolBufferException)
        {
            throw Refusals.InvalidPageToken();
        }
    }

    private static ulong Hash(string query) =>
        BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(query)).AsSpan(0, sizeof(ulong)));
}
