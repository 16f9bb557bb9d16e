namespace DaprSocial.Wire.Tests.Http2;

/// <summary>The bits mean other things in other frames; of a SETTINGS or PING frame, the first one is ACK.</summary>
[Flags]
internal enum FrameFlags : byte
{
    None = 0,
    EndStream = 1,
    Ack = EndStream,
    EndHeaders = 4,
}
