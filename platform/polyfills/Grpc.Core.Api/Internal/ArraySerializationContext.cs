using System.Buffers;

namespace Grpc.Core.Internal;

/// <summary>Collects one message in an array, for callers that know only of arrays.</summary>
internal sealed class ArraySerializationContext : SerializationContext
{
    private ArrayBufferWriter<byte>? _writer;
    private byte[]? _payload;
    private int _lengthHint;

    public override void SetPayloadLength(int payloadLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(payloadLength);
        _lengthHint = payloadLength;
    }

    public override IBufferWriter<byte> GetBufferWriter()
    {
        ThrowIfCompleted();
        return _writer ??= _lengthHint > 0 ? new ArrayBufferWriter<byte>(_lengthHint) : new ArrayBufferWriter<byte>();
    }

    public override void Complete(byte[] payload)
    {
        ThrowIfCompleted();
        _payload = payload;
    }

    public override void Complete()
    {
        ThrowIfCompleted();
        _payload = _writer is null ? [] : _writer.WrittenSpan.ToArray();
    }

    /// <summary>Gives the message.</summary>
    /// <exception cref="InvalidOperationException">The serializer returned without completing the context.</exception>
    public byte[] GetPayload() =>
        _payload ?? throw new InvalidOperationException("The serializer did not complete its context.");

    private void ThrowIfCompleted()
    {
        if (_payload is not null)
            throw new InvalidOperationException("The context is already completed.");
    }
}
