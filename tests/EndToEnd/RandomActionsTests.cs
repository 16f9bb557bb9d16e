using DaprSocial.EndToEnd.Tests.Mesh;
using DaprSocial.Graph.V1;
using DaprSocial.Posts.V1;
using DaprSocial.Sidecar.PubSub;
using Grpc.Core;

namespace DaprSocial.EndToEnd.Tests;

/// <summary>Eight users act at random and at once, over a broker that loses, repeats and delays at random.</summary>
[Collection(MeshCollection.Name)]
public sealed class RandomActionsTests(MeshFixture fixture)
{
    private const int UserCount = 8;
    private const int ActionsPerUser = 25;

    private readonly TestMesh _mesh = fixture.Mesh;

    [Theory]
    [InlineData(1)]
    [InlineData(20_260_101)]
    [InlineData(777)]
    public async Task EveryView_AfterRandomActionsUnderFaults_IsAsDefined(int seed)
    {
        var people = await _mesh.CreatePeopleAsync([.. Enumerable.Range(0, UserCount).Select(_ => "random")]);
        var world = new ExpectedWorld();
        var release = new TaskCompletionSource();
        using (_mesh.Faults.Use(PlanOf(new Random(seed), release.Task)))
        {
            await Task.WhenAll(people.Select((person, number) =>
                ActAsync(person, people, world, new Random(seed + number + 1))));
            release.SetResult();
            await _mesh.DrainAsync();
        }

        foreach (var reader in people)
            await AssertViewsAsync(reader, people, world, new Random(seed));
    }

    private static Func<Delivery, DeliveryPlan> PlanOf(Random random, Task release) => _ =>
    {
        int dice;
        lock (random)
            dice = random.Next(100);
        return dice switch
        {
            < 20 => DeliveryPlan.Drop,
            < 35 => DeliveryPlan.Repeat(2),
            < 45 => DeliveryPlan.HoldUntil(release),
            _ => DeliveryPlan.Normal,
        };
    };

    private async Task ActAsync(Person person, IReadOnlyList<Person> people, ExpectedWorld world, Random random)
    {
        var token = person.Token;
        for (var number = 0; number < ActionsPerUser; number++)
        {
            try
            {
                token = await ActOnceAsync(person, people, world, random, token);
            }
            catch (RpcException refusal) when (refusal.StatusCode == StatusCode.NotFound)
            {
                // The post that was chosen has just been deleted by its author.
            }
        }
    }

    private async Task<string> ActOnceAsync(
        Person person, IReadOnlyList<Person> people, ExpectedWorld world, Random random, string token)
    {
        var posts = world.Posts;
        var other = people.Where(one => one != person).ElementAt(random.Next(UserCount - 1));
        var any = posts.Count == 0 ? null : posts[random.Next(posts.Count)];
        var own = posts.FirstOrDefault(post => post.AuthorId == person.Id && !world.IsDeleted(post));
        switch (random.Next(100))
        {
            case < 20 when any is not null:
                token = await _mesh.LikeAsync(person, any);
                world.Liked(person, any);
                break;
            case < 30 when any is not null:
                token = await _mesh.UnlikeAsync(person, any);
                world.Unliked(person, any);
                break;
            case < 40 when own is not null:
                token = await _mesh.DeleteAsync(person, own);
                world.Deleted(own);
                break;
            case < 60:
                token = await _mesh.FollowAsync(person, other);
                world.Followed(person, other);
                break;
            case < 70:
                token = await _mesh.UnfollowAsync(person, other);
                world.Unfollowed(person, other);
                break;
            default:
                var visibility = random.Next(3) == 0 ? Visibility.Followers : Visibility.Public;
                var parent = random.Next(2) == 0 ? any : null;
                world.Created(await _mesh.PostAsync(person, $"{random.Next()}", parent, visibility, after: token));
                break;
        }

        return token;
    }

    private async Task AssertViewsAsync(
        Person reader, IReadOnlyList<Person> people, ExpectedWorld world, Random random)
    {
        Assert.Equal(world.HomeOf(reader), await _mesh.ReadHomeAsync(reader, random.Next(1, 20)));
        foreach (var author in people)
        {
            Assert.Equal(
                world.AuthorOf(author, reader), await _mesh.ReadAuthorAsync(author, reader, random.Next(1, 20)));
        }

        var counts = await _mesh.Graph.GetRelationCountsAsync(new GetRelationCountsRequest { UserId = reader.Id });
        Assert.Equal(world.CountsOf(reader), (counts.FollowerCount, counts.FolloweeCount));
        foreach (var some in world.Posts.Chunk(100))
        {
            var answer = await _mesh.Posts.BatchGetPostsAsync(
                new BatchGetPostsRequest { PostIds = { some.Select(post => post.Id) } }, reader.Headers);
            Assert.Equal(some.Select(post => world.ViewOf(post, reader)).OfType<PostView>(), answer.Views);
            Assert.Empty(answer.UndecidedIds);
        }

        var parent = world.Posts[random.Next(world.Posts.Count)];
        Assert.Equal(world.RepliesOf(parent, reader), await _mesh.ReadRepliesAsync(parent, reader, 3));
    }
}
