using System.Text;

namespace DaprSocial.Wire.Tests.Http2;

/// <summary>HPACK without what the other end does not use: no dynamic table, no Huffman codes (RFC 7541).</summary>
internal static class HeaderBlock
{
    // Names of the static table, from 1; values of the first ones that have any.
    private static readonly string[] _names =
    [
        "", ":authority", ":method", ":method", ":path", ":path", ":scheme", ":scheme", ":status", ":status", ":status",
        ":status", ":status", ":status", ":status", "accept-charset", "accept-encoding", "accept-language",
        "accept-ranges", "accept", "access-control-allow-origin", "age", "allow", "authorization", "cache-control",
        "content-disposition", "content-encoding", "content-language", "content-length", "content-location",
        "content-range", "content-type", "cookie", "date", "etag", "expect", "expires", "from", "host", "if-match",
        "if-modified-since", "if-none-match", "if-range", "if-unmodified-since", "last-modified", "link", "location",
        "max-forwards", "proxy-authenticate", "proxy-authorization", "range", "referer", "refresh", "retry-after",
        "server", "set-cookie", "strict-transport-security", "transfer-encoding", "user-agent", "vary", "via",
        "www-authenticate",
    ];

    private static readonly Dictionary<int, string> _values = new()
    {
        [8] = "200", [9] = "204", [10] = "206", [11] = "304", [12] = "400", [13] = "404", [14] = "500",
    };

    /// <summary>Each field as a literal that is not to be remembered.</summary>
    public static byte[] Encode(IEnumerable<(string Name, string Value)> fields)
    {
        using var bytes = new MemoryStream();
        foreach (var (name, value) in fields)
        {
            bytes.WriteByte(0);
            WriteText(bytes, name);
            WriteText(bytes, value);
        }

        return bytes.ToArray();
    }

    public static IEnumerable<(string Name, string Value)> Decode(byte[] block)
    {
        for (var place = 0; place < block.Length;)
        {
            var first = block[place];
            if ((first & 0x80) != 0)
            {
                var index = ReadNumber(block, ref place, 7);
                yield return (_names[index], _values[index]);
            }
            else if ((first & 0xe0) == 0x20)
            {
                // The size of the table that is not used.
                ReadNumber(block, ref place, 5);
            }
            else
            {
                var index = ReadNumber(block, ref place, (first & 0x40) != 0 ? 6 : 4);
                var name = index == 0 ? ReadText(block, ref place) : _names[index];
                yield return (name, ReadText(block, ref place));
            }
        }
    }

    private static void WriteText(MemoryStream bytes, string text)
    {
        var content = Encoding.Latin1.GetBytes(text);
        WriteNumber(bytes, content.Length, 7);
        bytes.Write(content);
    }

    private static void WriteNumber(MemoryStream bytes, int number, int bits)
    {
        var most = (1 << bits) - 1;
        if (number < most)
        {
            bytes.WriteByte((byte)number);
            return;
        }

        bytes.WriteByte((byte)most);
        var rest = number - most;
        for (; rest >= 0x80; rest >>= 7)
            bytes.WriteByte((byte)(rest | 0x80));
        bytes.WriteByte((byte)rest);
    }

    private static int ReadNumber(byte[] block, ref int place, int bits)
    {
        var most = (1 << bits) - 1;
        var number = block[place++] & most;
        if (number < most)
            return number;
        for (var shift = 0; ; shift += 7)
        {
            var next = block[place++];
            number += (next & 0x7f) << shift;
            if ((next & 0x80) == 0)
                return number;
        }
    }

    private static string ReadText(byte[] block, ref int place)
    {
        Assert.Equal(0, block[place] & 0x80);
        var length = ReadNumber(block, ref place, 7);
        place += length;
        return Encoding.Latin1.GetString(block, place - length, length);
    }
}
