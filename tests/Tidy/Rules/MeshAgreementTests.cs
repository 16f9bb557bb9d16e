namespace DaprSocial.Tidy.Tests.Rules;

public sealed class MeshAgreementTests
{
    [Fact]
    public void Check_FilesThatAgree_FindsNothing() => Assert.Empty(MeshAgreement.Check(MeshSample.Files));

    [Theory]
    [InlineData("dapr/dapr.yaml", "appPort: 5101", "appPort: 5109", "appPort of users is not 5101.")]
    [InlineData("dapr/dapr.yaml", "daprGRPCPort: 5202", "daprGRPCPort: 5203", "daprGRPCPort of posts is not 5202.")]
    [InlineData("dapr/dapr.yaml", "daprHTTPPort: 5300", "daprHTTPPort: 5200", "daprHTTPPort of edge is not 5300.")]
    [InlineData("dapr/dapr.yaml", "daprGRPCPort: 5200", "appPort: 1", "appPort of edge is not absent.")]
    [InlineData("dapr/dapr.yaml", "appProtocol: grpc", "appProtocol: http", "common/appProtocol is not grpc")]
    [InlineData("dapr/dapr.yaml", "appID: edge", "appID: users", "the app users is there twice.")]
    [InlineData("dapr/dapr.yaml", "services/Users", "services/User", "services/User is no project.")]
    [InlineData("dapr/dapr.yaml", "components/local", "components/lokal", "there is no components/lokal.")]
    [InlineData("dapr/dapr.yaml", "config.yaml", "conf.yaml", "there is no dapr/config/conf.yaml.")]
    [InlineData("tye.yaml", "name: users", "name: media", "the app users is missing.")]
    [InlineData("tye.yaml", "port: 5102", "port: 5103", "port of posts is not 5102.")]
    [InlineData("tye.yaml", "grpc-port: 5201", "grpc-port: 1", "grpc-port of users is not 5201.")]
    [InlineData("tye.yaml", "Posts.csproj", "Post.csproj", "services/Posts/Post.csproj is no project.")]
    [InlineData("dapr/kubernetes/users.yaml", "app-id: users", "app-id: posts", "the app users is missing.")]
    [InlineData("dapr/kubernetes/posts.yaml", "\"5102\"", "\"5101\"", "app-port of posts is not 5102.")]
    [InlineData("dapr/kubernetes/posts.yaml", "app-protocol: grpc", "app-protocol: http", "app-protocol of posts")]
    [InlineData("dapr/kubernetes/posts.yaml", "config: conf", "config: other", "config of posts is not conf.")]
    [InlineData("components/local/pubsub.yaml", "[users, edge]", "[users, media]", "the scope media is no app")]
    [InlineData(MeshTable.PortsPath, "DefaultBase = 5100", "DefaultBase = 5200", "appPort of users is not 5201.")]
    [InlineData(MeshTable.PortsPath, "DefaultBase", "FirstBase", MeshAgreement.NoTable)]
    [InlineData(MeshTable.AppsPath, "[Users, Posts]", "[Posts, Users]", "appPort of posts is not 5101.")]
    public void Check_FileThatDiffers_IsFound(string path, string old, string changed, string message)
    {
        var files = MeshSample.Files
            .Select(file => new SourceFile(
                file.Path, file.Path == path ? file.Text.Replace(old, changed, StringComparison.Ordinal) : file.Text))
            .ToList();

        var findings = MeshAgreement.Check(files);

        Assert.Contains(findings, finding => finding.Message.Contains(message, StringComparison.Ordinal));
    }
}
