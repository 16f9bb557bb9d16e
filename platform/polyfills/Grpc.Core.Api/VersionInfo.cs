namespace Grpc.Core;

/// <summary>The versions of the API that this assembly offers.</summary>
public static class VersionInfo
{
    /// <summary>Version of the assembly, the same throughout a major version.</summary>
    public const string CurrentAssemblyVersion = "2.0.0.0";

    /// <summary>Version of the file.</summary>
    public const string CurrentAssemblyFileVersion = "2.85.0.0";

    /// <summary>Version of the package.</summary>
    public const string CurrentVersion = "2.85.0";
}
