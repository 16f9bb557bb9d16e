using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Grpc.AspNetCore.Web;

/// <summary>Writes trailers as the last frame of a body: flag 0x80, length, lines as in HTTP/1.</summary>
internal static class TrailerFrame
{
    private const byte Flag = 0x80;
    private const int HeaderSize = 5;

    public static void Write(IHeaderDictionary trailers, IBufferWriter<byte> output)
    {
        var text = new StringBuilder();
        foreach (var (name, values) in trailers)
        {
            foreach (var value in values)
            {
                // Clients look for names in lower case.
                text.Append(name.ToLowerInvariant()).Append(": ").Append(value).Append("\r\n");
            }
        }

        var length = Encoding.ASCII.GetByteCount(text.ToString());
        var span = output.GetSpan(HeaderSize + length);
        span[0] = Flag;
        BinaryPrimitives.WriteUInt32BigEndian(span[1..], (uint)length);
        Encoding.ASCII.GetBytes(text.ToString(), span[HeaderSize..]);
        output.Advance(HeaderSize + length);
    }
}
