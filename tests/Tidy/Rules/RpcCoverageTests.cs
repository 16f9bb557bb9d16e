namespace DaprSocial.Tidy.Tests.Rules;

public sealed class RpcCoverageTests
{
    private static readonly SourceFile _proto = new("protos/daprsocial/posts/v1/post_service.proto", """
        // service Commented {
        service PostService {
          // rpc Commented(A) returns (B);
          rpc CreatePost(CreatePostRequest) returns (CreatePostResponse);
        }
        """);

    private static readonly SourceFile _server = new("services/Posts/Api/PostGrpcService.cs", """
        class PostGrpcService : PostService.PostServiceBase
        {
            public override async Task<CreatePostResponse> CreatePost(
                CreatePostRequest request, ServerCallContext context) => x;
        }
        """);

    private static readonly SourceFile _test =
        new("tests/Posts/CreatePostTests.cs", "await client.CreatePostAsync(request);");

    [Fact]
    public void Check_ServedAndCalled_FindsNothing() => Assert.Empty(RpcCoverage.Check([_proto, _server, _test]));

    [Fact]
    public void Check_ServiceWithoutServer_IsFoundOnce() => Assert.Equal(
        [RpcCoverage.Unserved("PostService")], RpcCoverage.Check([_proto, _test]).Select(finding => finding.Message));

    [Theory]
    [InlineData("class S : PostService.PostServiceBase { }")]
    [InlineData("class S : PostService.PostServiceBase { Task CreatePost(int a) => x; }")]
    [InlineData("class S : PostService.PostServiceBase { public override Task CreatePosts(int a) => x; }")]
    [InlineData("class S : PostService.PostServiceBase { /* override Task CreatePost(int a) */ }")]
    public void Check_MethodMissing_IsFound(string code) => Assert.Equal(
        [RpcCoverage.Unserved("PostService.CreatePost")],
        RpcCoverage.Check([_proto, new SourceFile(_server.Path, code), _test]).Select(finding => finding.Message));

    [Fact]
    public void Check_ServerOutsideApi_DoesNotCount() => Assert.Single(
        RpcCoverage.Check([_proto, new SourceFile("tools/Load/Server.cs", _server.Text), _test]));

    [Theory]
    [InlineData("// client.CreatePostAsync(request)")]
    [InlineData("var s = \".CreatePost(\";")]
    [InlineData("client.CreatePostsAsync(request);")]
    public void Check_NoCallInATest_IsFound(string code) => Assert.Equal(
        [RpcCoverage.Uncalled("PostService.CreatePost")],
        RpcCoverage.Check([_proto, _server, new SourceFile(_test.Path, code)]).Select(finding => finding.Message));

    [Fact]
    public void Check_ForeignProto_IsPassedOver() =>
        Assert.Empty(RpcCoverage.Check([new SourceFile("protos/dapr/proto/dapr.proto", _proto.Text)]));
}
