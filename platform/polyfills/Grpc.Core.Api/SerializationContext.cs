using System.Buffers;

namespace Grpc.Core;

/// <summary>Where a serializer puts one message.</summary>
/// <remarks>
/// Either one call of <see cref="Complete(byte[])"/>, or <see cref="SetPayloadLength"/> (optional),
/// <see cref="GetBufferWriter"/> and <see cref="Complete()"/>. A transport overrides what it supports.
/// </remarks>
public abstract class SerializationContext
{
    /// <summary>Hands over a whole payload. The array must not be changed afterwards.</summary>
    /// <param name="payload">The serialised message.</param>
    public virtual void Complete(byte[] payload) => throw new NotImplementedException();

    /// <summary>Gives the writer for the payload, to be followed by <see cref="Complete()"/>.</summary>
    /// <returns>The writer; valid until the context is completed.</returns>
    public virtual IBufferWriter<byte> GetBufferWriter() => throw new NotImplementedException();

    /// <summary>Announces the exact length of what will be written, which spares the transport a copy.</summary>
    /// <param name="payloadLength">Length in bytes.</param>
    public virtual void SetPayloadLength(int payloadLength)
    {
    }

    /// <summary>Ends a payload written by way of <see cref="GetBufferWriter"/>.</summary>
    public virtual void Complete() => throw new NotImplementedException();
}
