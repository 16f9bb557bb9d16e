using DaprSocial.Errors;

namespace DaprSocial.Paging;

/// <summary>One page asked of a listing that runs from greater ids to smaller ones.</summary>
/// <param name="Size">Items wanted, from 1.</param>
/// <param name="BeforeId">Only items with smaller ids; the greatest UUID for the first page.</param>
/// <param name="Query">The listing's name and parameters, which the next token is bound to.</param>
public sealed record PageRequest(int Size, Guid BeforeId, string Query)
{
    /// <summary>The cursor of a first page: no id is greater.</summary>
    public static readonly Guid First = Guid.AllBitsSet;

    /// <summary>Reads the paging fields of a request.</summary>
    /// <param name="pageSize">
    /// 0 means <paramref name="sizeDefault"/>; over <paramref name="sizeMax"/> is clamped.
    /// </param>
    /// <param name="pageToken">Empty for the first page.</param>
    /// <param name="sizeDefault">Items a page when not asked.</param>
    /// <param name="sizeMax">Greatest page.</param>
    /// <param name="query">The listing's name and its other parameters.</param>
    /// <exception cref="ServiceException">INVALID_PAGE_SIZE or INVALID_PAGE_TOKEN.</exception>
    public static PageRequest Parse(int pageSize, string pageToken, int sizeDefault, int sizeMax, string query)
    {
        if (pageSize < 0)
            throw Refusals.InvalidPageSize(pageSize);
        var size = pageSize == 0 ? sizeDefault : Math.Min(pageSize, sizeMax);
        return new PageRequest(size, PageToken.Decode(pageToken, query) ?? First, query);
    }

    /// <summary>The token after a page, empty at the end.</summary>
    /// <param name="more">True when an item follows the page.</param>
    /// <param name="lastId">Id of the page's last item; not used at the end.</param>
    public string NextToken(bool more, Guid lastId) => more ? PageToken.Encode(lastId, Query) : "";
}
