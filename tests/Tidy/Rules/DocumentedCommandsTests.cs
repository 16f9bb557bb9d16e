namespace DaprSocial.Tidy.Tests.Rules;

public sealed class DocumentedCommandsTests
{
    private static readonly SourceFile[] _others =
    [
        new("social", ""),
        new("check.sh", ""),
        new(".ci/run", ""),
        new("tools/Ctl/Commands/Up.cs", "new Command(\"up\") { new Option(\"--port-base\") }"),
        new("protos/daprsocial/posts/v1/post_service.proto", """
            package daprsocial.posts.v1;
            service PostService {
              rpc CreatePost(A) returns (B);
            }
            """),
        .. MeshSample.Launcher,
    ];

    [Theory]
    [InlineData("`./social up`")]
    [InlineData("`./social up --port-base 5100`")]
    [InlineData("```\n./check.sh\n./.ci/run\n```\n")]
    [InlineData("`daprsocial.posts.v1.PostService/CreatePost`")]
    [InlineData("`127.0.0.1:5200` and `127.0.0.1:5101`")]
    [InlineData("In prose ./nowhere and 127.0.0.1:9 mean nothing.")]
    [InlineData("`curl ../social/x --data 1`")]
    public void Check_WhatIsThere_FindsNothing(string text) =>
        Assert.Empty(DocumentedCommands.Check(new SourceFile("README.md", text), _others));

    [Theory]
    [InlineData("`./nowhere.sh`")]
    [InlineData("`./social fly`")]
    [InlineData("`./social up --fast`")]
    [InlineData("`daprsocial.posts.v1.PostService/MakePost`")]
    [InlineData("`daprsocial.posts.v2.PostService/CreatePost`")]
    [InlineData("`http://127.0.0.1:5999/`")]
    public void Check_WhatIsNotThere_IsFound(string text) =>
        Assert.Single(DocumentedCommands.Check(new SourceFile("README.md", text), _others));
}
