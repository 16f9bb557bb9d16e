namespace DaprSocial.Tidy.Tests.CSharp;

/// <summary>A type declared in a file.</summary>
internal sealed record TypeDeclaration(string Name, int Line, bool IsNested);
