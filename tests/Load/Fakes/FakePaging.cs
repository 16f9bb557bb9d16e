using System.Globalization;

namespace DaprSocial.Load.Tests.Fakes;

/// <summary>Cuts lists into pages; a page token is the place to go on from.</summary>
internal static class FakePaging
{
    public static (IReadOnlyList<T> Items, string NextPageToken) Cut<T>(
        IReadOnlyList<T> all, int pageSize, int pageSizeMax, string pageToken, int overlap = 0)
    {
        var from = pageToken.Length == 0 ? 0 : int.Parse(pageToken, CultureInfo.InvariantCulture);
        var size = pageSize == 0 ? 50 : Math.Min(pageSize, pageSizeMax);
        var to = Math.Min(all.Count, from + size);
        return ([.. all.Skip(from).Take(size)], to < all.Count ? $"{to - overlap}" : "");
    }
}
