using DaprSocial.Tidy.Tests.Rules;

namespace DaprSocial.Tidy.Tests;

/// <summary>The rules, held against the repository itself.</summary>
public sealed class RepositoryTests
{
    private static readonly IReadOnlyList<SourceFile> _files = Repository.Files;

    [Fact]
    public void ProjectReferences_AllProjects_KeepTheImportLaw() => AssertNone(_files.SelectMany(ImportLaw.Check));

    [Fact]
    public void Sizes_AllSource_StayWithinTheLimits() => AssertNone(_files.SelectMany(SizeLimits.Check));

    [Fact]
    public void Code_AllSource_UsesNothingBanned() => AssertNone(_files.SelectMany(BannedCode.Check));

    [Fact]
    public void Sql_AllSource_IsConstant() => AssertNone(_files.SelectMany(InterpolatedSql.Check));

    [Fact]
    public void Markers_AllFiles_NameAnIssue() => AssertNone(_files.SelectMany(Markers.Check));

    [Fact]
    public void Text_AllFiles_IsWrittenOneWay() => AssertNone(_files.SelectMany(TextForm.Check));

    [Fact]
    public void Width_AllSource_HasNoMoreLongLinesThanBefore()
    {
        var findings = _files.SelectMany(LineWidth.Check).ToList();

        Assert.True(
            findings.Count <= Exemptions.LongLinesMax,
            $"{findings.Count} long lines, {Exemptions.LongLinesMax} at most:\n{string.Join('\n', findings)}");
    }

    [Fact]
    public void Types_AllSource_StandInFilesOfTheirName() => AssertNone(_files.SelectMany(TypePlacement.Check));

    [Fact]
    public void Rpcs_AllContracts_AreServedAndTested() => AssertNone(RpcCoverage.Check(_files));

    [Fact]
    public void Topics_AllConstants_AreConsumed() => AssertNone(TopicConsumers.Check(_files));

    [Fact]
    public void Projects_AllSource_IsCompiled() => AssertNone(ProjectMembership.Check(_files));

    [Fact]
    public void Mesh_FilesForOtherRunners_AgreeWithTheLauncher() => AssertNone(MeshAgreement.Check(_files));

    [Fact]
    public void Packages_AllProjects_LeaveVersionsToOneFile() => AssertNone(_files.SelectMany(PackageVersions.Check));

    [Fact]
    public void Machines_AllFiles_LeaveNoTrace() => AssertNone(_files.SelectMany(MachineTraces.Check));

    [Fact]
    public void ErrorReasons_AllValues_AreGivenAndTested() => AssertNone(ErrorReasonCoverage.Check(_files));

    [Fact]
    public void Links_AllDocuments_LeadSomewhere() =>
        AssertNone(_files.SelectMany(file => MarkdownLinks.Check(file, _files)));

    [Fact]
    public void Commands_AllDocuments_NameWhatIsThere() =>
        AssertNone(_files.SelectMany(file => DocumentedCommands.Check(file, _files)));

    [Fact]
    public void Paths_AllDocuments_AreThere() =>
        AssertNone(_files.SelectMany(file => DocumentedPaths.Check(file, _files)));

    [Fact]
    public void Citations_AllFiles_LeadSomewhere() =>
        AssertNone(_files.SelectMany(file => CitedDocuments.Check(file, _files)));

    [Fact]
    public void Yaml_AllFiles_IsWellFormed() => AssertNone(_files.SelectMany(WellFormedYaml.Check));

    [Fact]
    public void Exemptions_AllOfThem_AreStillNeeded()
    {
        var found = RpcCoverage.Check(_files)
            .Concat(TopicConsumers.Check(_files))
            .Concat(MeshAgreement.Check(_files))
            .Concat(ErrorReasonCoverage.Check(_files))
            .Concat(_files.SelectMany(file => DocumentedCommands.Check(file, _files)))
            .Select(finding => finding.Message)
            .ToHashSet();

        var needless = Exemptions.Beginnings
            .Where(beginning => !found.Any(message => message.StartsWith(beginning, StringComparison.Ordinal)))
            .ToList();

        Assert.True(needless.Count == 0, $"Done, so remove from Exemptions.cs:\n{string.Join('\n', needless)}");
    }

    private static bool IsExempt(Finding finding) =>
        Exemptions.Beginnings.Any(beginning => finding.Message.StartsWith(beginning, StringComparison.Ordinal));

    private static void AssertNone(IEnumerable<Finding> findings)
    {
        var left = findings.Where(finding => !IsExempt(finding)).ToList();
        Assert.True(left.Count == 0, $"{left.Count} found:\n{string.Join('\n', left)}");
    }
}
