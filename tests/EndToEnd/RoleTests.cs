using DaprSocial.EndToEnd.Tests.Mesh;
using DaprSocial.Testing;
using Grpc.Core;

namespace DaprSocial.EndToEnd.Tests;

/// <summary>One mesh that takes commands and nothing else, beside one that does all the rest on the same database.</summary>
public sealed class RoleTests : IAsyncLifetime
{
    private TestDatabase? _database;
    private TestMesh? _commands;
    private TestMesh? _rest;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _rest = await TestMesh.StartAsync(_database, "queries,relay,consumers");
        _commands = await TestMesh.StartAsync(_database, "commands");
    }

    public async Task DisposeAsync()
    {
        foreach (var mesh in (TestMesh?[])[_commands, _rest])
        {
            if (mesh is not null)
                await mesh.DisposeAsync();
        }

        if (_database is not null)
            await _database.DisposeAsync();
    }

    [Fact]
    public async Task Roles_Split_EventsFlowAndReadsOutliveTheCommands()
    {
        var (commands, rest) = (_commands!, _rest!);
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

        await commands.DisposeAsync();
        _commands = null;
        Assert.Equal([post.Id], await rest.ReadHomeAsync(ann));
        await AssertRolesAsync(rest, cem, call => !call.IsCommand);
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
