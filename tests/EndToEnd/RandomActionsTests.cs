using System.Collections.Concurrent;
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
    private const int ActionsPerUser = 40;
    private const int ActionsPerUserMany = 300;

    private readonly TestMesh _mesh = fixture.Mesh;
    private readonly ConcurrentDictionary<(string, string), SemaphoreSlim> _pairs = [];

    [Theory]
    [InlineData(1)]
    [InlineData(20_260_101)]
    [InlineData(777)]
    [InlineData(4_000_000)]
    public Task EveryView_AfterRandomActionsUnderFaults_IsAsDefined(int seed) =>
        AssertDefinedAsync(seed, ActionsPerUser);

    [Theory]
    [Trait("Category", "Full")]
    [InlineData(11)]
    [InlineData(22)]
    [InlineData(33)]
    [InlineData(44)]
    [InlineData(55)]
    [InlineData(66)]
    public Task EveryView_AfterManyRandomActionsUnderFaults_IsAsDefined(int seed) =>
        AssertDefinedAsync(seed, ActionsPerUserMany);

    private async Task AssertDefinedAsync(int seed, int actionsPerUser)
    {
        var people = await _mesh.CreatePeopleAsync([.. Enumerable.Range(0, UserCount).Select(_ => "random")]);
        var world = new ExpectedWorld();
        var release = new TaskCompletionSource();
        using (_mesh.Faults.Use(PlanOf(new Random(seed), release.Task)))
        {
            await Task.WhenAll(people.Select((person, number) =>
                ActAsync(person, people, world, new Random(seed + number + 1), actionsPerUser)));
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

    private async Task ActAsync(
        Person person, IReadOnlyList<Person> people, ExpectedWorld world, Random random, int count)
    {
        var token = person.Token;
        for (var number = 0; number < count; number++)
        {
            try
            {
                token = await ActOnceAsync(person, people, world, random, token);
            }
            catch (RpcException refusal) when (
                refusal.StatusCode is StatusCode.NotFound or StatusCode.FailedPrecondition)
            {
                // The author of the post that was chosen has just deleted it, or is apart from this person.
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
            case < 70:
                token = await ActOnOtherAsync(person, other, world, random.Next(30), token);
                break;
            default:
                var visibility = random.Next(3) == 0 ? Visibility.Followers : Visibility.Public;
                var parent = random.Next(2) == 0 ? any : null;
                world.Created(await _mesh.PostAsync(person, $"{random.Next()}", parent, visibility, after: token));
                break;
        }

        return token;
    }

    private async Task<string> ActOnOtherAsync(
        Person person, Person other, ExpectedWorld world, int dice, string token)
    {
        var pair = _pairs.GetOrAdd(
            string.CompareOrdinal(person.Id, other.Id) < 0 ? (person.Id, other.Id) : (other.Id, person.Id),
            _ => new SemaphoreSlim(1));
        await pair.WaitAsync();
        try
        {
            switch (dice)
            {
                case < 4:
                    token = await _mesh.BlockAsync(person, other);
                    world.Blocked(person, other);
                    break;
                case < 10:
                    token = await _mesh.UnblockAsync(person, other);
                    world.Unblocked(person, other);
                    break;
                case < 17:
                    token = await _mesh.UnfollowAsync(person, other);
                    world.Unfollowed(person, other);
                    break;
                default:
                    var isApart = world.AreApart(person.Id, other.Id);
                    try
                    {
                        token = await _mesh.FollowAsync(person, other);
                        world.Followed(person, other);
                        Assert.False(isApart);
                    }
                    catch (RpcException refusal) when (refusal.StatusCode == StatusCode.FailedPrecondition)
                    {
                        Assert.True(isApart);
                    }

                    break;
            }
        }
        finally
        {
            pair.Release();
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
