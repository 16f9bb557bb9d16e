namespace DaprSocial.Tidy.Tests.CSharp;

internal enum SegmentKind
{
    Code,
    Comment,
    /// <summary>A character or string literal without holes.</summary>
    Literal,
    /// <summary>The text of an interpolated string between its holes; what is in the holes is code.</summary>
    Interpolated,
    /// <summary>A preprocessor line, such as <c>#pragma</c>.</summary>
    Directive,
}
