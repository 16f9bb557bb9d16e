using System.Globalization;
using DaprSocial.EndToEnd.Tests.Mesh;
using DaprSocial.Graph.V1;
using DaprSocial.Hosting;
using DaprSocial.Posts.V1;
using DaprSocial.Users;
using DaprSocial.Users.V1;
using Grpc.Core;
using Grpc.Health.V1;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace DaprSocial.EndToEnd.Tests;

/// <summary>What is not the caller's fault: a typed error that tells nothing of the inside, and nothing half done.</summary>
[Collection(MeshCollection.Name)]
public sealed class ServerFaultTests(MeshFixture fixture)
{
    private readonly TestMesh _mesh = fixture.Mesh;

    [Theory]
    [InlineData(PostgresErrorCodes.DeadlockDetected, StatusCode.Aborted, "CONFLICT")]
    [InlineData(PostgresErrorCodes.TooManyConnections, StatusCode.Unavailable, "DEPENDENCY_UNAVAILABLE")]
    [InlineData(PostgresErrorCodes.InternalError, StatusCode.Internal, "INTERNAL")]
    public async Task CreatePost_DatabaseFails_IsRefusedWithoutDetails(string sqlState, StatusCode code, string reason)
    {
        var person = await _mesh.CreatePersonAsync("ann");
        var request = new CreatePostRequest { Text = "at last", RequestId = Guid.NewGuid().ToString() };
        await using (await _mesh.Store.FailInsertsAsync(sqlState))
        {
            var refusal = await _mesh.AssertRefusedAsync(
                () => _mesh.Posts.CreatePostAsync(request, person.Headers), code, reason);

            Assert.DoesNotContain("secret", refusal.Status.Detail, StringComparison.OrdinalIgnoreCase);
            Assert.Equal(code == StatusCode.Unavailable, Refusal.RetryDelayOf(refusal) > TimeSpan.Zero);
        }

        Assert.Equal("at last", (await _mesh.Posts.CreatePostAsync(request, person.Headers)).Post.Text);
    }

    [Fact]
    public async Task CreateUser_ClockOfTheInstanceIsOff_IsRefusedThereAndReadsAnswer()
    {
        var person = await _mesh.CreatePersonAsync("ann");
        await _mesh.DrainAsync();
        var (port, users) = (_mesh.Ports.Redis, _mesh.Ports.SidecarGrpc("users"));
        string[] arguments =
        [
            string.Create(CultureInfo.InvariantCulture, $"--DaprSocial:AppPort={port}"),
            $"--DaprSocial:Postgres={_mesh.Store.ConnectionString}",
            "--DaprSocial:Roles=commands,queries",
            string.Create(CultureInfo.InvariantCulture, $"--DAPR_GRPC_PORT={users}"),
        ];
        await using var instance = await ServiceHost.StartAsync(
            UsersModule.Service, arguments,
            builder => builder.Services.AddSingleton<TimeProvider>(new ShiftedTime(TimeSpan.FromSeconds(-5))),
            CancellationToken.None);
        await instance.Services.GetRequiredService<ClockGuard>().MeasureAsync(CancellationToken.None);
        using var clients = new MeshClients(port);

        await _mesh.AssertRefusedAsync(
            () => clients.Users.CreateUserAsync(new CreateUserRequest { Handle = "too_early" }),
            StatusCode.Unavailable, "CLOCK_SKEW");

        var read = await clients.Users.GetUserAsync(new GetUserRequest { UserId = person.Id });
        Assert.Equal(person.Handle, read.User.Handle);
        var health = await new Health.HealthClient(clients.InvokerOf("users")).CheckAsync(
            new HealthCheckRequest { Service = "daprsocial.users.v1.UserService" });
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.NotServing, health.Status);
        Assert.NotNull(await _mesh.Users.CreateUserAsync(new CreateUserRequest { Handle = "too_early" }));
        await instance.StopAsync();
    }

    [Fact]
    public async Task Follow_FolloweeThatGraphDoesNotKnowYet_IsRefusedUntilItDoes()
    {
        var people = await _mesh.CreatePeopleAsync("ann");
        Person late;
        using (_mesh.Broker.PauseTopic("users"))
        await using (await _mesh.Store.HoldProjectionsAsync("graph"))
        {
            late = await _mesh.CreatePersonAsync("late");

            // Without a token nobody can tell that it is not a user who never was.
            await _mesh.AssertRefusedAsync(
                () => _mesh.Graph.FollowAsync(new FollowRequest { FolloweeId = late.Id }, people[0].Headers),
                StatusCode.NotFound, "USER_NOT_FOUND", "followee_id");
            await _mesh.AssertRefusedAsync(
                () => _mesh.Graph.FollowAsync(
                    new FollowRequest { FolloweeId = late.Id, ConsistencyToken = late.Token }, people[0].Headers),
                StatusCode.Unavailable, "DEPENDENCY_UNAVAILABLE");
        }

        var followed = await _mesh.Graph.FollowAsync(
            new FollowRequest { FolloweeId = late.Id, ConsistencyToken = late.Token }, people[0].Headers);
        Assert.True(followed.Changed);
        await _mesh.DrainAsync();
    }

    [Fact]
    public async Task GetPost_GraphHasNotAppliedWhatItWasWrittenAfter_IsRefusedUntilItHas()
    {
        var people = await _mesh.CreatePeopleAsync("ann", "ben");
        var (author, follower) = (people[0], people[1]);
        await _mesh.FollowAsync(follower, author);
        await _mesh.DrainAsync();
        Post post;
        using (_mesh.Broker.PauseTopic("graph"))
        await using (await _mesh.Store.HoldProjectionsAsync("graph"))
        {
            var after = await _mesh.FollowAsync(author, follower);
            var created = await _mesh.Posts.CreatePostAsync(
                new CreatePostRequest
                {
                    Text = "closed", Visibility = Visibility.Followers, ConsistencyToken = after,
                },
                author.Headers);
            post = created.Post;
            var request = new BatchGetPostsRequest
            {
                PostIds = { post.Id }, ConsistencyToken = created.ConsistencyToken, MaxWait = MeshActions.LongWait,
            };
            var answer = await _mesh.Posts.BatchGetPostsAsync(request, follower.Headers);

            Assert.Equal([post.Id], answer.UndecidedIds);
            Assert.Empty(answer.MissingIds);
            await _mesh.AssertRefusedAsync(
                () => _mesh.Posts.GetPostAsync(new GetPostRequest { PostId = post.Id }, follower.Headers),
                StatusCode.Unavailable, "DEPENDENCY_UNAVAILABLE");
        }

        await _mesh.DrainAsync();
        Assert.NotNull(await _mesh.FindAsync(post, follower));
    }

    private sealed class ShiftedTime(TimeSpan shift) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + shift;
    }
}
