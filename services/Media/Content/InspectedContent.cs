using DaprSocial.Media.V1;

namespace DaprSocial.Media.Content;

/// <summary>What the structure of a file says, before anything of it is decoded.</summary>
/// <param name="Width">In pixels; 0 where a video does not show.</param>
/// <param name="FrameCount">1 for what does not move, and for videos.</param>
/// <param name="DurationMs">Of videos.</param>
/// <param name="IsLossless">Whether a WebP image is.</param>
internal sealed record InspectedContent(
    MediaType Type, int Width, int Height, int FrameCount = 1, long DurationMs = 0, bool IsLossless = false);
