namespace DaprSocial.Tidy.Tests;

/// <summary>A small mesh of two services, written down as the real one is.</summary>
internal static class MeshSample
{
    public static IReadOnlyList<SourceFile> Launcher { get; } =
    [
        new(MeshTable.PortsPath, """
            public const int DefaultBase = 5100;
            private const int SidecarGrpcOffset = 100;
            private const int SidecarHttpOffset = 200;
            private const int PostgresOffset = 301;
            private const int RedisOffset = 302;
            """),
        new(MeshTable.AppsPath, """
            public const string Edge = "edge";
            public const string Users = "users";
            public const string Posts = "posts";
            public static IReadOnlyList<string> Services { get; } = [Users, Posts];
            public static IReadOnlyList<string> Sidecars { get; } = [Edge, .. Services];
            """),
    ];

    public static IReadOnlyList<SourceFile> Files { get; } =
    [
        .. Launcher,
        new("services/Users/Users.csproj", ""),
        new("services/Posts/Posts.csproj", ""),
        new("components/local/pubsub.yaml", "kind: Component\nscopes: [users, edge]\n"),
        new("dapr/config/config.yaml", "kind: Configuration\nmetadata: {name: conf}\n"),
        new("dapr/dapr.yaml", """
            common:
              appProtocol: grpc
              resourcesPaths: [../components/local]
              configFilePath: ./config/config.yaml
            apps:
              - appID: users
                appDirPath: ../services/Users
                command: [dotnet, run]
                appPort: 5101
                daprGRPCPort: 5201
                daprHTTPPort: 5301
              - appID: posts
                appDirPath: ../services/Posts
                command: [dotnet, run]
                appPort: 5102
                daprGRPCPort: 5202
                daprHTTPPort: 5302
              - appID: edge
                appDirPath: .
                daprGRPCPort: 5200
                daprHTTPPort: 5300
            """),
        new("tye.yaml", """
            extensions:
              - name: dapr
                components-path: components/local
                services: {users: {grpc-port: 5201, http-port: 5301}, posts: {grpc-port: 5202, http-port: 5302}}
            services:
              - {name: users, project: services/Users/Users.csproj, bindings: [{port: 5101}]}
              - {name: posts, project: services/Posts/Posts.csproj, bindings: [{port: 5102}]}
            """),
        Deployment("users", "5101"),
        Deployment("posts", "5102"),
    ];

    private static SourceFile Deployment(string app, string port) => new($"dapr/kubernetes/{app}.yaml", $$"""
        kind: Deployment
        spec:
          template:
            metadata:
              annotations:
                dapr.io/app-id: {{app}}
                dapr.io/app-port: "{{port}}"
                dapr.io/app-protocol: grpc
                dapr.io/config: conf
        """);
}
