namespace DaprSocial.Tidy.Tests.CSharp;

/// <summary>What one file declares.</summary>
internal sealed record Declarations(IReadOnlyList<TypeDeclaration> Types, IReadOnlyList<Member> Members);
