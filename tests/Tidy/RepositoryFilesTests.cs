namespace DaprSocial.Tidy.Tests;

public sealed class RepositoryFilesTests
{
    [Fact]
    public void Files_ThisRepository_HoldsThisFileAndNoOutput()
    {
        var paths = Repository.Files.Select(file => file.Path).ToList();

        Assert.Contains("tests/Tidy/RepositoryFilesTests.cs", paths);
        Assert.DoesNotContain(paths, path => path.Split('/').Any(part => part is "bin" or "obj"));
    }

    [Fact]
    public void ListPaths_FolderWithoutGit_PassesOverOutput()
    {
        var root = Directory.CreateTempSubdirectory("tidy-").FullName;
        try
        {
            foreach (var path in (string[])["a/b.cs", "a/obj/c.cs", "bin/d.cs", "e.md"])
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(root, path))!);
                File.WriteAllText(Path.Combine(root, path), "");
            }

            Assert.Equal(["a/b.cs", "e.md"], Repository.ListPaths(root));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }
}
