namespace DaprSocial.Load.Reporting;

/// <summary>Pictures that were opened by their URLs.</summary>
/// <param name="Posts">Posts with a picture.</param>
/// <param name="Variants">Files that were read, each over HTTP and over gRPC.</param>
/// <param name="Bytes">Bytes that were compared.</param>
/// <param name="Sample">One of them; null when none is shown.</param>
public sealed record PictureFigures(int Posts, int Variants, long Bytes, SamplePicture? Sample);
