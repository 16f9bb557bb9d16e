using System.Xml.Linq;

namespace DaprSocial.Tidy.Tests.Rules;

/// <summary>Nothing is dead: a project compiles every source file, the solution holds every project.</summary>
internal static class ProjectMembership
{
    public static IEnumerable<Finding> Check(IReadOnlyList<SourceFile> files)
    {
        var projects = files.Where(file => file.Path.EndsWith(".csproj", StringComparison.Ordinal)).ToList();
        return OutsideProjects(files, projects)
            .Concat(OutsideSolution(files, projects))
            .Concat(projects.SelectMany(Borrowed));
    }

    private static IEnumerable<Finding> OutsideProjects(IReadOnlyList<SourceFile> files, List<SourceFile> projects)
    {
        var folders = projects.Select(project => project.Folder).ToList();
        return files.Where(file => file.IsCSharp && !folders.Any(file.IsUnder))
            .Select(file => file.FindingOnLine(1, "is in no project's folder: nobody compiles it."));
    }

    private static IEnumerable<Finding> OutsideSolution(IReadOnlyList<SourceFile> files, List<SourceFile> projects)
    {
        var solution = files.FirstOrDefault(file => file.Path == "DaprSocial.sln");
        if (solution is null)
            return [];
        var listed = solution.Text.Replace('\\', '/');
        return projects.Where(project => !listed.Contains($"\"{project.Path}\"", StringComparison.Ordinal))
            .Select(project => project.FindingOnLine(1, "is not in DaprSocial.sln: run `dotnet sln add`."));
    }

    /// <summary>Compiling another folder's files, or leaving out one's own, would go around the first two.</summary>
    private static IEnumerable<Finding> Borrowed(SourceFile project) => XDocument.Parse(project.Text)
        .Descendants("Compile")
        .Where(item => item.Attribute("Include")?.Value.Contains("..", StringComparison.Ordinal) == true
            || item.Attribute("Remove") is not null)
        .Select(item => project.FindingOnLine(
            1, $"changes what is compiled ({item}): a file belongs to the project whose folder it is in."));
}
