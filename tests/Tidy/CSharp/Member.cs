namespace DaprSocial.Tidy.Tests.CSharp;

/// <summary>A method, constructor, accessor or other member with a body.</summary>
internal sealed record Member(string Name, int FirstLine, int LastLine)
{
    /// <summary>Lines from the signature, without attributes, to the closing brace.</summary>
    public int Lines => LastLine - FirstLine + 1;
}
