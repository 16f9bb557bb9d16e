using DaprSocial.EndToEnd.Tests.Mesh;
using DaprSocial.Testing;
using Grpc.Core;

namespace DaprSocial.EndToEnd.Tests;

/// <summary>Several meshes on one database, each playing some of the roles.</summary>
public sealed class RoleTests : IAsyncLifetime
{
    private readonly List<TestMesh> _meshes = [];
    private TestDatabase? _database;

    public async Task InitializeAsync() => _database = await TestDatabase.CreateAsync();

    public async Task DisposeAsync()
    {
        foreach (var mesh in _meshes)
            await mesh.DisposeAsync();
        if (_database is not null)
            await _database.DisposeAsync();
    }

    [Fact]
    public async Task Roles_CommandsApart_EventsFlowAndReadsOutliveTheCommands()
    {
        var rest = await StartAsync("queries,relay,consumers");
        var commands = await StartAsync("commands");
        var (ann, ben) = (await commands.CreatePersonAsync("ann"), await commands.CreatePersonAsync("ben"));
        var cem = await commands.CreatePersonAsync("cem");
        await rest.DrainAsync();
        await commands.FollowAsync(ann, ben);
        var post = await commands.PostAsync(ben, "from the other process");
        var liked = await commands.LikeAsync(ann, post);

        // Without a drain: NOTIFY or the poll tells the relay of the other mesh.
        var read = await rest.Posts.GetPostAsync(
            new() { PostId = post.Id, ConsistencyToken = liked, MaxWait = MeshActions.LongWait }, ann.Headers);
        await rest.DrainAsync();

        Assert.Equal((true, 1L), (read.Freshness.Satisfied, read.View.LikeCount));
        Assert.Equal([post.Id], await rest.ReadHomeAsync(ann));
        await AssertRolesAsync(rest, cem, call => !call.IsCommand);
        await AssertRolesAsync(commands, cem, call => call.IsCommand);

        _meshes.Remove(commands);
        await commands.DisposeAsync();
        Assert.Equal([post.Id], await rest.ReadHomeAsync(ann));
        await AssertRolesAsync(rest, cem, call => !call.IsCommand);
    }

    [Fact]
    public async Task Roles_ConsumersStartLate_CatchUpFromTheLogs()
    {
        var writers = await StartAsync("commands,relay");
        var (ann, ben) = (await writers.CreatePersonAsync("ann"), await writers.CreatePersonAsync("ben"));
        var posts = await writers.PostManyAsync(ben, 3);
        var token = await writers.LikeAsync(ann, posts[0]);
        // To subscribers that there are none of: for the broker these events are gone.
        await writers.PublishAsync();
        _meshes.Remove(writers);
        await writers.DisposeAsync();

        var all = await StartAsync("commands,queries,relay,consumers");
        var view = await all.Posts.GetPostAsync(
            new() { PostId = posts[0].Id, ConsistencyToken = token, MaxWait = MeshActions.LongWait });
        await all.DrainAsync();
        await all.FollowAsync(ann, ben);
        await all.DrainAsync();

        Assert.True(view.Freshness.Satisfied);
        Assert.Equal(1, view.View.LikeCount);
        Assert.Equal(MeshActions.Newest(posts), await all.ReadHomeAsync(ann));
    }

    private async Task<TestMesh> StartAsync(string roles)
    {
        var mesh = await TestMesh.StartAsync(_database!, roles);
        _meshes.Add(mesh);
        return mesh;
    }

    /// <summary>Calls of the kind that the mesh serves reach their handlers; all others are refused.</summary>
    private static async Task AssertRolesAsync(TestMesh mesh, Person person, Func<RpcCall, bool> isServed)
    {
        foreach (var name in EveryRpc.Names)
        {
            var call = EveryRpc.Get(name);
            var refusal = await Record.ExceptionAsync(() => call.SendAsync(mesh.Clients, person.Headers, "")) as RpcException;
            if (isServed(call))
            {
                // The requests name somebody who is not there.
                Assert.True(refusal is null or { StatusCode: StatusCode.NotFound }, $"{name}: {refusal?.Status}");
            }
            else
            {
                Assert.NotNull(refusal);
                Refusal.Check(refusal, StatusCode.Unavailable, "ROLE_DISABLED", field: null);
            }
        }
    }
}
