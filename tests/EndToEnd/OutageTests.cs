using DaprSocial.EndToEnd.Tests.Mesh;
using DaprSocial.Posts.V1;
using DaprSocial.Timelines.V1;

namespace DaprSocial.EndToEnd.Tests;

/// <summary>Services end one after the other; timelines give what is left of them, and say that it is not all.</summary>
public sealed class OutageTests : OwnMesh
{
    // In the order in which the mesh hosts them.
    private const int Users = 0;
    private const int Posts = 1;
    private const int Graph = 2;

    [Fact]
    public async Task ListHomeTimeline_ServicesEndOneByOne_GivesWhatIsLeftAndSaysSo()
    {
        var mesh = Mesh;
        var people = await mesh.CreatePeopleAsync("ann", "ben");
        var (reader, author) = (people[0], people[1]);
        await mesh.FollowAsync(reader, author);
        var open = await mesh.PostAsync(author, "open");
        var closed = await mesh.PostAsync(author, "closed", visibility: Visibility.Followers);
        await mesh.DrainAsync();
        var all = MeshActions.Newest(open, closed);

        await mesh.Host.Services[Graph].StopAsync();
        var withoutGraph = await ReadAsync();
        await mesh.Host.Services[Users].StopAsync();
        var withoutUsers = await ReadAsync();
        await mesh.Host.Services[Posts].StopAsync();
        var withoutPosts = await ReadAsync();
        var ids = await mesh.Timelines.ListHomeTimelineAsync(
            new ListHomeTimelineRequest { View = View.Ids }, reader.Headers);

        Assert.Equal([open.Id], withoutGraph.Entries.Select(entry => entry.PostId));
        Assert.Equal((false, author.Handle), (withoutGraph.Complete, withoutGraph.Entries[0].Author.Handle));
        Assert.Equal((false, open, null), (
            withoutUsers.Complete, withoutUsers.Entries[0].Post.Post, withoutUsers.Entries[0].Author));
        Assert.Equal(all, withoutPosts.Entries.Select(entry => entry.PostId));
        Assert.False(withoutPosts.Complete);
        Assert.All(withoutPosts.Entries, entry => Assert.Null(entry.Post));
        Assert.Equal((true, 2), (ids.Complete, ids.Entries.Count));

        async Task<ListHomeTimelineResponse> ReadAsync() =>
            await mesh.Timelines.ListHomeTimelineAsync(new ListHomeTimelineRequest(), reader.Headers);
    }
}
