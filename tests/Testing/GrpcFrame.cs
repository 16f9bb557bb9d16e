using System.Buffers.Binary;

namespace DaprSocial.Testing;

/// <summary>A message as gRPC and gRPC-Web send it.</summary>
public static class GrpcFrame
{
    /// <summary>The message with its prefix of flag and length.</summary>
    /// <param name="message">The payload.</param>
    /// <param name="flag">1 for compressed.</param>
    /// <param name="length">As it is said; null for what it is.</param>
    public static byte[] Of(byte[] message, byte flag = 0, uint? length = null)
    {
        ArgumentNullException.ThrowIfNull(message);
        var bytes = new byte[5 + message.Length];
        bytes[0] = flag;
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(1), length ?? (uint)message.Length);
        message.CopyTo(bytes, 5);
        return bytes;
    }
}
