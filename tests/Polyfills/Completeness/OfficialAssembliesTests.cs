using System.Reflection;
using System.Runtime.CompilerServices;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Compression;
using Xunit;

namespace DaprSocial.Polyfills.Tests.Completeness;

/// <summary>Whether the two assemblies hold all that code compiled against the originals asks of them.</summary>
public sealed class OfficialAssembliesTests
{
    private const BindingFlags AllDeclared = BindingFlags.Public | BindingFlags.NonPublic
        | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Assembly _api = typeof(Metadata).Assembly;
    private static readonly Assembly _common = typeof(ICompressionProvider).Assembly;

    public static TheoryData<string> Officials =>
        [typeof(GrpcChannel).Assembly.GetName().Name!, typeof(GrpcServiceOptions).Assembly.GetName().Name!];

    [Theory]
    [MemberData(nameof(Officials))]
    public void Imports_OfTheOfficialAssembly_AreAllExported(string official)
    {
        var exports = new Dictionary<string, IReadOnlySet<string>>
        {
            ["Grpc.Core.Api"] = ExportedApi.Read(_api.Location),
            ["Grpc.Net.Common"] = ExportedApi.Read(_common.Location),
        };

        var imports = ImportedApi.Read(Assembly.Load(official).Location)
            .Where(import => exports.ContainsKey(import.Assembly))
            .ToList();

        Assert.Contains(("Grpc.Core.Api", "Grpc.Core.Status::instance String get_Detail<0>()"), imports);
        Assert.True(imports.Count > 60, $"Only {imports.Count} imports were found.");
        Assert.All(
            imports, import => Assert.True(exports[import.Assembly].Contains(import.Item), $"{import} is missing."));
    }

    [Theory]
    [MemberData(nameof(Officials))]
    public void Types_OfTheOfficialAssembly_AllLoad(string official)
    {
        // Throws for a type that leaves one of our abstract members without code.
        Assert.NotEmpty(Assembly.Load(official).GetTypes());
    }

    [Theory]
    [MemberData(nameof(Officials))]
    public void Overrides_OfTheOfficialAssembly_AllOverrideSomething(string official)
    {
        var lost = Assembly.Load(official).GetTypes()
            .SelectMany(type => type.GetMethods(AllDeclared))
            .Where(method => method.IsVirtual && !method.Attributes.HasFlag(MethodAttributes.NewSlot))
            .Where(method => method.GetBaseDefinition().DeclaringType == method.DeclaringType);

        Assert.Empty(lost);
    }

    [Theory]
    [MemberData(nameof(Officials))]
    public void Methods_OfTheOfficialAssembly_AllCompile(string official)
    {
        var methods = Assembly.Load(official).GetTypes()
            .Where(type => !type.ContainsGenericParameters)
            .SelectMany(type => type.GetMethods(AllDeclared))
            .Where(method => !method.IsAbstract && !method.ContainsGenericParameters)
            .Where(method => !method.Attributes.HasFlag(MethodAttributes.PinvokeImpl)); // Of another operating system.

        // Throws for a method that names a member which is not there.
        foreach (var method in methods)
            RuntimeHelpers.PrepareMethod(method.MethodHandle);
    }

    [Theory]
    [MemberData(nameof(Officials))]
    public void Identity_OfOurAssemblies_IsTheOneReferenced(string official)
    {
        var assembly = Assembly.Load(official);
        var references = assembly.GetReferencedAssemblies().ToDictionary(name => name.Name!);

        foreach (var ours in (AssemblyName[])[_api.GetName(), _common.GetName()])
        {
            Assert.Equal(references[ours.Name!].Version, ours.Version);
            Assert.Equal(references[ours.Name!].GetPublicKeyToken(), ours.GetPublicKeyToken());
            Assert.Equal(assembly.GetName().GetPublicKey(), ours.GetPublicKey());
        }
    }

    [Fact]
    public void References_OfOurAssemblies_AreOnlyTheBaseLibraryAndEachOther()
    {
        var references = _api.GetReferencedAssemblies().Concat(_common.GetReferencedAssemblies());

        Assert.All(
            references,
            name => Assert.True(
                name.Name!.StartsWith("System.", StringComparison.Ordinal) || name.Name == "Grpc.Core.Api", name.Name));
    }

    [Fact]
    public void VersionInfo_Always_TellsTheVersionsOfTheAssembly()
    {
        Assert.Equal(VersionInfo.CurrentAssemblyVersion, _api.GetName().Version!.ToString());
        Assert.Equal(
            VersionInfo.CurrentAssemblyFileVersion, _api.GetCustomAttribute<AssemblyFileVersionAttribute>()!.Version);
        Assert.StartsWith(
            VersionInfo.CurrentVersion,
            _api.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion,
            StringComparison.Ordinal);
    }
}
