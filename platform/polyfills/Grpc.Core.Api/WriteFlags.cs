namespace Grpc.Core;

/// <summary>How one message is written.</summary>
[Flags]
public enum WriteFlags
{
    /// <summary>More follows soon, so the transport may keep the message back for a while.</summary>
    BufferHint = 0x1,

    /// <summary>The message is sent uncompressed, even in a call that compresses.</summary>
    NoCompress = 0x2,
}
