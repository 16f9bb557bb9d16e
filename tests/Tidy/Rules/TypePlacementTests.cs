namespace DaprSocial.Tidy.Tests.Rules;

public sealed class TypePlacementTests
{
    private const string Slice = "services/Posts/Commands/CreatePost.cs";

    [Theory]
    [InlineData("platform/A/Post.cs", "class Post { class Nested { } }")]
    [InlineData("platform/A/Post.Parts.cs", "partial class Post { }")]
    [InlineData("platform/A/Post.cs", "class Post { } class Post<T> { }")]
    [InlineData("services/Posts/Program.cs", "await Run();")]
    [InlineData("platform/A/GlobalUsings.cs", "global using A = B;")]
    [InlineData(Slice, "record CreatePost(int A); record PostCreatedAnswer; class CreatePostHandler { }")]
    public void Check_OneTypeOfTheFilesName_FindsNothing(string path, string code) =>
        Assert.Empty(TypePlacement.Check(new SourceFile(path, code)));

    [Theory]
    [InlineData("platform/A/Post.cs", "class User { }")]
    [InlineData("platform/A/Post.cs", "class Post { } enum PostKind { A }")]
    [InlineData("platform/A/Post.cs", "class Post { } file class Helper { }")]
    [InlineData("services/Posts/Storage/PostStore.cs", "class PostStore { } record PostStoreRow(int A);")]
    [InlineData(Slice, "record CreatePost(int A); class PostRules { }")]
    [InlineData(Slice, "record CreatePost; record A; class CreatePostHandler { } record B;")]
    public void Check_TypeThatBelongsElsewhere_IsFound(string path, string code) =>
        Assert.Single(TypePlacement.Check(new SourceFile(path, code)));
}
