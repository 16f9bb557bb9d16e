using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace DaprSocial.Polyfills.Tests.Completeness;

/// <summary>What a compiled assembly asks of others, read from its file.</summary>
internal static class ImportedApi
{
    /// <summary>Lists types as <c>Type</c> and members as <c>Type::member</c>, each with its assembly.</summary>
    public static IReadOnlyList<(string Assembly, string Item)> Read(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var reader = file.GetMetadataReader();
        var types = reader.TypeReferences.Select(handle => Locate(reader, handle));
        var members = reader.MemberReferences.Select(handle => Locate(reader, reader.GetMemberReference(handle)));
        return [.. types.Concat(members).OfType<(string, string)>().Distinct()];
    }

    private static (string Assembly, string Item)? Locate(MetadataReader reader, MemberReference member)
    {
        if (Locate(reader, member.Parent) is not var (assembly, type))
            return null;

        var name = reader.GetString(member.Name);
        var described = member.GetKind() == MemberReferenceKind.Method
            ? SignatureNames.Describe(name, member.DecodeMethodSignature(SignatureNames.Instance, null))
            : $"{member.DecodeFieldSignature(SignatureNames.Instance, null)} {name}";
        return (assembly, $"{type}::{described}");
    }

    /// <summary>Gives a type of another assembly, without type arguments; null for anything else.</summary>
    private static (string Assembly, string Item)? Locate(MetadataReader reader, EntityHandle handle)
    {
        if (handle.Kind == HandleKind.TypeSpecification)
        {
            var blob = reader.GetBlobReader(reader.GetTypeSpecification((TypeSpecificationHandle)handle).Signature);
            if (blob.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance)
                return null;

            blob.ReadByte(); // Whether it is a class or a struct.
            return Locate(reader, blob.ReadTypeHandle());
        }

        if (handle.Kind != HandleKind.TypeReference)
            return null;

        var reference = (TypeReferenceHandle)handle;
        var name = SignatureNames.Instance.GetTypeFromReference(reader, reference, 0);
        var scope = reader.GetTypeReference(reference).ResolutionScope;
        while (scope.Kind == HandleKind.TypeReference)
            scope = reader.GetTypeReference((TypeReferenceHandle)scope).ResolutionScope;

        return scope.Kind == HandleKind.AssemblyReference
            ? (reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)scope).Name), name)
            : null;
    }
}
