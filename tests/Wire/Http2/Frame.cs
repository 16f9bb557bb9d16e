using System.Buffers.Binary;

namespace DaprSocial.Wire.Tests.Http2;

/// <summary>A frame of HTTP/2 as it is sent, right or wrong (RFC 9113 §4.1).</summary>
internal sealed record Frame(FrameType Type, FrameFlags Flags, int StreamId, byte[] Payload)
{
    public const int HeaderSize = 9;

    public bool Has(FrameFlags flag) => (Flags & flag) != 0;

    /// <summary>Of a GOAWAY: the last stream that is served.</summary>
    public int LastStreamId => BinaryPrimitives.ReadInt32BigEndian(Payload);

    /// <summary>Of a GOAWAY.</summary>
    public int ErrorCode => BinaryPrimitives.ReadInt32BigEndian(Payload.AsSpan(4));

    public byte[] Encode()
    {
        var bytes = new byte[HeaderSize + Payload.Length];
        bytes[0] = (byte)(Payload.Length >> 16);
        bytes[1] = (byte)(Payload.Length >> 8);
        bytes[2] = (byte)Payload.Length;
        bytes[3] = (byte)Type;
        bytes[4] = (byte)Flags;
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(5), StreamId);
        Payload.CopyTo(bytes, HeaderSize);
        return bytes;
    }
}
