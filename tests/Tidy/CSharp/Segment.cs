namespace DaprSocial.Tidy.Tests.CSharp;

/// <summary>A stretch of source of one kind. Segments follow each other without gaps.</summary>
internal readonly record struct Segment(SegmentKind Kind, int Start, int End);
