using DaprSocial.EndToEnd.Tests.Mesh;
using DaprSocial.Posts.V1;
using DaprSocial.Search.V1;
using DaprSocial.Testing;
using DaprSocial.Users.V1;
using Grpc.Core;

namespace DaprSocial.EndToEnd.Tests;

/// <summary>Search through the whole mesh: what is written is found, by those who may see it.</summary>
[Collection(MeshCollection.Name)]
public sealed class SearchTests(MeshFixture fixture)
{
    private readonly TestMesh _mesh = fixture.Mesh;

    [Fact]
    public async Task SearchPosts_WordOfAPost_FindsItWithAuthorAndHighlights()
    {
        var author = (await _mesh.CreatePeopleAsync("ann"))[0];
        var word = NewWord();
        var post = await _mesh.PostAsync(author, $"🎉 a {word} indeed");
        await _mesh.DrainAsync();

        var answer = await SearchAsync(word);

        var hit = Assert.Single(answer.Hits);
        Assert.Equal((post.Id, author.Handle), (hit.Post.Post.Id, hit.Author.Handle));
        var range = Assert.Single(hit.Highlights);
        Assert.Equal(word, hit.Post.Post.Text[range.Start..range.End]);
        Assert.True(answer.Complete);
        Assert.True(answer.Freshness.Satisfied);
        Assert.Equal("", answer.NextPageToken);
    }

    [Fact]
    public async Task SearchPosts_HasMedia_IsThePostThatShowsSome()
    {
        var author = (await _mesh.CreatePeopleAsync("ann"))[0];
        var word = NewWord();
        await _mesh.PostAsync(author, $"{word} without");
        var uploaded = await _mesh.UploadAsync(author, MediaSamples.Png(40, 30, seed: 1));
        var shown = await _mesh.Posts.CreatePostAsync(
            new CreatePostRequest
            {
                Text = $"{word} with", ConsistencyToken = uploaded.ConsistencyToken,
                Media = { new MediaAttachment { MediaId = uploaded.Media.Id, AltText = "a sample" } },
            },
            author.Headers);
        await _mesh.DrainAsync();

        Assert.Equal(2, (await SearchAsync(word)).Hits.Count);
        Assert.Equal(shown.Post.Id, Assert.Single((await SearchAsync($"{word} has:media")).Hits).Post.Post.Id);
    }

    [Fact]
    public async Task SearchPosts_OwnWriteByItsToken_IsThere()
    {
        var author = (await _mesh.CreatePeopleAsync("ann"))[0];
        var word = NewWord();
        var created = await _mesh.Posts.CreatePostAsync(new CreatePostRequest { Text = word }, author.Headers);

        foreach (var order in new[] { Order.Recent, Order.Top })
        {
            var answer = await _mesh.Search.SearchPostsAsync(
                new SearchPostsRequest
                {
                    Query = word, Order = order, ConsistencyToken = created.ConsistencyToken,
                    MaxWait = MeshActions.LongWait,
                },
                author.Headers);

            Assert.True(answer.Freshness.Satisfied);
            Assert.Equal(created.Post.Id, Assert.Single(answer.Hits).Post.Post.Id);
        }
    }

    [Fact]
    public async Task SearchPosts_ProjectionStandsStill_SaysSo()
    {
        var author = (await _mesh.CreatePeopleAsync("ann"))[0];
        await using var held = await _mesh.Store.HoldProjectionsAsync("search");
        var created = await _mesh.Posts.CreatePostAsync(new CreatePostRequest { Text = "late" }, author.Headers);

        var answer = await _mesh.Search.SearchPostsAsync(new SearchPostsRequest
        {
            Query = "late", ConsistencyToken = created.ConsistencyToken, MaxWait = MeshActions.ShortWait,
        });

        Assert.False(answer.Freshness.Satisfied);
    }

    [Theory]
    [InlineData(Order.Recent)]
    [InlineData(Order.Top)]
    public async Task SearchPosts_PageByPage_IsTheWhole(Order order)
    {
        var author = (await _mesh.CreatePeopleAsync("ann"))[0];
        var word = NewWord();
        var posts = new List<Post>();
        for (var number = 0; number < 7; number++)
            posts.Add(await _mesh.PostAsync(author, $"{word} {number}"));
        await _mesh.DrainAsync();

        var ids = await MeshActions.WalkAsync(async token =>
        {
            var page = await _mesh.Search.SearchPostsAsync(
                new SearchPostsRequest { Query = word, Order = order, PageSize = 3, PageToken = token });
            return (page.Hits.Select(hit => hit.Post.Post.Id), page.NextPageToken);
        });

        Assert.Equal(MeshActions.Newest(posts), ids);
    }

    [Fact]
    public async Task SearchPosts_DeletedPost_IsGone()
    {
        var author = (await _mesh.CreatePeopleAsync("ann"))[0];
        var word = NewWord();
        await _mesh.DeleteAsync(author, await _mesh.PostAsync(author, word));
        await _mesh.DrainAsync();

        Assert.Empty((await SearchAsync(word)).Hits);
    }

    [Fact]
    public async Task SearchPosts_DeletedBeforeTheIndexKnows_IsLeftOutByPosts()
    {
        var author = (await _mesh.CreatePeopleAsync("ann"))[0];
        var word = NewWord();
        var post = await _mesh.PostAsync(author, word);
        await _mesh.DrainAsync();
        await using var held = await _mesh.Store.HoldProjectionsAsync("search");
        var token = await _mesh.DeleteAsync(author, post);
        await _mesh.Posts.BatchGetPostsAsync(new BatchGetPostsRequest
        {
            PostIds = { post.Id }, ConsistencyToken = token, MaxWait = MeshActions.LongWait,
        });

        Assert.Empty((await SearchAsync(word)).Hits);
    }

    [Fact]
    public async Task SearchPosts_ForFollowers_LeaksNothingToOthers()
    {
        var people = await _mesh.CreatePeopleAsync("author", "follower", "stranger");
        var (author, follower, stranger) = (people[0], people[1], people[2]);
        await _mesh.FollowAsync(follower, author);
        var word = NewWord();
        for (var number = 0; number < 30; number++)
            await _mesh.PostAsync(author, $"{word} {number}", visibility: Visibility.Followers);
        await _mesh.DrainAsync();

        Assert.Equal(20, (await SearchAsync(word, author)).Hits.Count);
        Assert.Equal(20, (await SearchAsync(word, follower)).Hits.Count);
        foreach (var viewer in new[] { stranger, null })
        {
            // As of a word that nobody ever wrote: no hits, no further page, no correction from or to it.
            Assert.Equal(await AnswerAsync(NewWord(), viewer), await AnswerAsync(word, viewer));
            Assert.Equal(await AnswerAsync(NewWord(), viewer), await AnswerAsync(word[..^1] + "zz", viewer));
        }

        await _mesh.UnfollowAsync(follower, author);
        await _mesh.DrainAsync();
        Assert.Empty((await SearchAsync(word, follower)).Hits);

        async Task<string> AnswerAsync(string query, Person? viewer)
        {
            var answer = await SearchAsync(query, viewer);
            answer.ConsistencyToken = "";
            answer.Freshness = null;
            return answer.ToString();
        }
    }

    [Fact]
    public async Task SearchPosts_Operators_AreKept()
    {
        var people = await _mesh.CreatePeopleAsync("ann", "ben");
        var (ann, ben) = (people[0], people[1]);
        var word = NewWord();
        var first = await _mesh.PostAsync(ann, $"{word} tea #green");
        var reply = await _mesh.PostAsync(ben, $"{word} coffee", first);
        await _mesh.DrainAsync();

        await AssertFoundAsync($"{word} from:{ann.Handle}", first);
        await AssertFoundAsync($"{word} from:@{ben.Handle.ToUpperInvariant()}", reply);
        await AssertFoundAsync($"{word} to:{ann.Handle}", reply);
        await AssertFoundAsync($"{word} from:{ann.Handle} from:{ben.Handle}", reply, first);
        await AssertFoundAsync($"{word} from:nobody_has_this");
        await AssertFoundAsync($"{word} -coffee", first);
        await AssertFoundAsync($"{word} #green", first);
        await AssertFoundAsync($"{word} since:2000-01-01", reply, first);
        await AssertFoundAsync($"{word} until:2000-01-01");
        await AssertFoundAsync($"{word[..^2]}*", reply, first);
    }

    [Fact]
    public async Task SearchPosts_MisspeltWord_IsCorrectedOnEveryPage()
    {
        var author = (await _mesh.CreatePeopleAsync("ann"))[0];
        var word = NewWord();
        var posts = new[] { await _mesh.PostAsync(author, word), await _mesh.PostAsync(author, word) };
        await _mesh.DrainAsync();
        var typo = word.Insert(5, "q");

        var first = await _mesh.Search.SearchPostsAsync(new SearchPostsRequest { Query = typo, PageSize = 1 });
        var second = await _mesh.Search.SearchPostsAsync(
            new SearchPostsRequest { Query = typo, PageSize = 1, PageToken = first.NextPageToken });

        Assert.Equal(MeshActions.Newest(posts), [.. Ids(first), .. Ids(second)]);
        foreach (var answer in new[] { first, second })
        {
            var correction = Assert.Single(answer.Corrections);
            Assert.Equal((typo, word), (correction.Word, correction.Alternatives.Single()));
        }

        Assert.Equal(word.Length, first.Hits[0].Highlights.Single().End);
    }

    [Fact]
    public async Task SearchUsers_Typeahead_FindsByHandleAndName()
    {
        var name = NewWord();
        var person = await _mesh.CreatePersonAsync("zed");
        await _mesh.Users.UpdateProfileAsync(
            new UpdateProfileRequest { DisplayName = $"Zed {name}" }, person.Headers);
        await _mesh.DrainAsync();

        Assert.Equal([person.Handle], await UsersAsync(person.Handle, typeahead: false));
        Assert.Equal([person.Handle], await UsersAsync("@" + person.Handle.ToUpperInvariant(), typeahead: true));
        Assert.Equal([person.Handle], await UsersAsync(name[..6], typeahead: true));
        Assert.Empty(await UsersAsync(name[..6], typeahead: false));
    }

    [Fact]
    public async Task BothSearches_BlockEitherWay_LeaveOutWhatIsTheOthers()
    {
        var people = await _mesh.CreatePeopleAsync("blocker", "blocked");
        var (blocker, blocked) = (people[0], people[1]);
        var word = NewWord();
        foreach (var person in people)
            await _mesh.PostAsync(person, word);
        await _mesh.Graph.BlockAsync(new() { UserId = blocked.Id }, blocker.Headers);
        await _mesh.DrainAsync();

        foreach (var (viewer, other) in new[] { (blocker, blocked), (blocked, blocker) })
        {
            Assert.Equal(viewer.Id, Assert.Single((await SearchAsync(word, viewer)).Hits).Author.Id);
            Assert.Empty(await UsersAsync(other.Handle, typeahead: true, viewer));
            Assert.Single(await UsersAsync(viewer.Handle, typeahead: true, viewer));
        }

        Assert.Equal(2, (await SearchAsync(word)).Hits.Count);
        Assert.Single(await UsersAsync(blocked.Handle, typeahead: true));
    }

    [Theory]
    [InlineData("", "QUERY_WITHOUT_TERMS")]
    [InlineData("from:ada", "QUERY_WITHOUT_TERMS")]
    [InlineData("a \"b", "QUERY_UNBALANCED_QUOTE")]
    [InlineData("a since:foo", "QUERY_INVALID_OPERATOR")]
    [InlineData("a\0b", "QUERY_INVALID_CHARACTER")]
    public Task SearchPosts_BadQuery_IsRefused(string query, string reason) => _mesh.AssertRefusedAsync(
        () => _mesh.Search.SearchPostsAsync(new SearchPostsRequest { Query = query }),
        StatusCode.InvalidArgument, reason, "query");

    [Fact]
    public async Task BothSearches_HugeQueries_AreRefused()
    {
        var words = string.Join(' ', Enumerable.Repeat("a", 40));
        await RefusedAsync(
            () => _mesh.Search.SearchPostsAsync(new() { Query = new string('a', 10_000) }), "QUERY_TOO_LONG");
        await RefusedAsync(
            () => _mesh.Search.SearchUsersAsync(new() { Query = new string('a', 10_000) }), "QUERY_TOO_LONG");
        await RefusedAsync(() => _mesh.Search.SearchPostsAsync(new() { Query = words }), "QUERY_TOO_MANY_TERMS");
        await RefusedAsync(() => _mesh.Search.SearchUsersAsync(new() { Query = words }), "QUERY_TOO_MANY_TERMS");
        await RefusedAsync(() => _mesh.Search.SearchUsersAsync(new() { Query = "@ -" }), "QUERY_WITHOUT_TERMS");
        await RefusedAsync(() => _mesh.Search.SearchUsersAsync(new() { Query = "a\u0007" }), "QUERY_INVALID_CHARACTER");

        Task RefusedAsync<TResponse>(Func<AsyncUnaryCall<TResponse>> call, string reason) =>
            _mesh.AssertRefusedAsync(call, StatusCode.InvalidArgument, reason, "query");
    }

    [Fact]
    public async Task SearchPosts_UnknownOrder_IsRefused() => await _mesh.AssertRefusedAsync(
        () => _mesh.Search.SearchPostsAsync(new SearchPostsRequest { Query = "a", Order = (Order)7 }),
        StatusCode.InvalidArgument, "INVALID_FIELD", "order");

    [Fact]
    public async Task SearchPosts_StopsBeingAnswered_IsTooExpensive()
    {
        await using var held = await _mesh.Store.HoldSearchIndexAsync();

        await _mesh.AssertRefusedAsync(
            () => _mesh.Search.SearchPostsAsync(new SearchPostsRequest { Query = "slow" }),
            StatusCode.ResourceExhausted, "QUERY_TOO_EXPENSIVE", "query");
    }

    [Fact]
    public async Task SearchPosts_PageTokenOfAnotherSearch_IsRefused()
    {
        var people = await _mesh.CreatePeopleAsync("ann", "ben");
        var word = NewWord();
        await _mesh.PostAsync(people[0], word);
        await _mesh.PostAsync(people[0], word);
        await _mesh.DrainAsync();
        var request = new SearchPostsRequest { Query = word, PageSize = 1 };
        request.PageToken = (await _mesh.Search.SearchPostsAsync(request, people[0].Headers)).NextPageToken;

        Assert.Single((await _mesh.Search.SearchPostsAsync(request, people[0].Headers)).Hits);
        await RefusedAsync(() => _mesh.Search.SearchPostsAsync(request, people[1].Headers));
        await RefusedAsync(() => _mesh.Search.SearchPostsAsync(request));
        await RefusedAsync(
            () => _mesh.Search.SearchPostsAsync(new(request) { Query = word + "a" }, people[0].Headers));
        await RefusedAsync(
            () => _mesh.Search.SearchPostsAsync(new(request) { Order = Order.Top }, people[0].Headers));
        foreach (var token in new[] { "garbled", "%%%", new('A', 64), new('A', 5000) })
        {
            await RefusedAsync(() => _mesh.Search.SearchPostsAsync(new(request) { PageToken = token }));
            await RefusedAsync(() => _mesh.Search.SearchUsersAsync(new() { Query = "a", PageToken = token }));
        }

        Task RefusedAsync<TResponse>(Func<AsyncUnaryCall<TResponse>> call) =>
            _mesh.AssertRefusedAsync(call, StatusCode.InvalidArgument, "INVALID_PAGE_TOKEN", "page_token");
    }

    // Letters that no other test writes, long enough to be taken for misspelt.
    private static string NewWord() => string.Concat(
        Guid.NewGuid().ToByteArray().Take(12).Select(value => (char)('a' + value % 26)));

    private static IEnumerable<string> Ids(SearchPostsResponse answer) => answer.Hits.Select(hit => hit.Post.Post.Id);

    private async Task<SearchPostsResponse> SearchAsync(string query, Person? viewer = null) =>
        await _mesh.Search.SearchPostsAsync(new SearchPostsRequest { Query = query }, viewer?.Headers);

    private async Task AssertFoundAsync(string query, params Post[] expected) =>
        Assert.Equal(expected.Select(post => post.Id), Ids(await SearchAsync(query)));

    private async Task<IReadOnlyList<string>> UsersAsync(string query, bool typeahead, Person? viewer = null)
    {
        var answer = await _mesh.Search.SearchUsersAsync(
            new SearchUsersRequest { Query = query, Typeahead = typeahead }, viewer?.Headers);
        return [.. answer.Hits.Select(hit => hit.User.Handle)];
    }
}
