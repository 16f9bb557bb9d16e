using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace DaprSocial.Polyfills.Tests.Completeness;

/// <summary>What a compiled assembly offers to others, read from its file.</summary>
internal static class ExportedApi
{
    /// <summary>Lists visible types and their visible members, in the form of <see cref="ImportedApi"/>.</summary>
    public static IReadOnlySet<string> Read(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var reader = file.GetMetadataReader();
        return reader.TypeDefinitions
            .Where(handle => IsVisible(reader, handle))
            .SelectMany(handle => Describe(reader, handle))
            .ToHashSet(StringComparer.Ordinal);
    }

    private static IEnumerable<string> Describe(MetadataReader reader, TypeDefinitionHandle handle)
    {
        var type = reader.GetTypeDefinition(handle);
        var typeName = SignatureNames.Instance.GetTypeFromDefinition(reader, handle, 0);
        var methods = type.GetMethods()
            .Select(reader.GetMethodDefinition)
            .Where(method => IsVisible((int)(method.Attributes & MethodAttributes.MemberAccessMask)))
            .Select(method => SignatureNames.Describe(
                reader.GetString(method.Name), method.DecodeSignature(SignatureNames.Instance, null)));
        var fields = type.GetFields()
            .Select(reader.GetFieldDefinition)
            .Where(field => IsVisible((int)(field.Attributes & FieldAttributes.FieldAccessMask)))
            .Select(field =>
                $"{field.DecodeSignature(SignatureNames.Instance, null)} {reader.GetString(field.Name)}");
        return methods.Concat(fields).Select(member => $"{typeName}::{member}").Prepend(typeName);
    }

    private static bool IsVisible(MetadataReader reader, TypeDefinitionHandle handle)
    {
        var type = reader.GetTypeDefinition(handle);
        return (type.Attributes & TypeAttributes.VisibilityMask) switch
        {
            TypeAttributes.Public => true,
            TypeAttributes.NestedPublic or TypeAttributes.NestedFamily or TypeAttributes.NestedFamORAssem =>
                IsVisible(reader, type.GetDeclaringType()),
            _ => false,
        };
    }

    // The numbers of the three visible kinds are the same for methods and fields.
    private static bool IsVisible(int access) => access is
        (int)MethodAttributes.Public or (int)MethodAttributes.Family or (int)MethodAttributes.FamORAssem;
}
