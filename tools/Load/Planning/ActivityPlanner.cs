using DaprSocial.Load.Generation;
using DaprSocial.Load.Input;

namespace DaprSocial.Load.Planning;

/// <summary>Plans what people do once they follow each other: post, reply, like, unlike, unfollow, delete.</summary>
internal sealed class ActivityPlanner
{
    private const double AuthorExponent = 1.0;
    private const double ReplyShare = 0.10;
    private const double FollowersOnlyShare = 0.05;
    private const double DeleteShare = 0.03;
    private const double UnlikeChancePerPost = 0.15;
    private const double HotShare = 0.5;
    private const int LikesPerPostMax = 6;
    private const int RecentPosts = 200;
    private const int PicksMax = 8;
    private const int UnfollowOneIn = 100;

    private readonly SocialGraph _graph;
    private readonly FollowEdges _edges;
    private readonly IReadOnlyList<PostText> _texts;
    private readonly string _runKey;
    private readonly SeededRandom _random;
    private readonly int[] _authorsByRank;
    private readonly ZipfSampler _authorRanks;
    private readonly (int Follower, int Followee)[] _unfollows;
    private readonly int _firstIndex;
    private readonly List<DemoAction> _actions = [];
    private readonly List<PlannedPost> _posts = [];
    private readonly List<(PlannedPost Post, DemoAction Like)> _likes = [];

    public ActivityPlanner(
        SocialGraph graph, FollowEdges edges, IReadOnlyList<PostText> texts, string runKey, SeededRandom random)
    {
        _graph = graph;
        _edges = edges;
        _texts = texts;
        _runKey = runKey;
        _random = random;
        _firstIndex = graph.UserCount + edges.All.Count;
        _authorsByRank = [.. Enumerable.Range(0, graph.UserCount)];
        _random.Shuffle(_authorsByRank);
        _authorRanks = new ZipfSampler(graph.UserCount, AuthorExponent);
        var loose = edges.Loose.ToArray();
        _random.Shuffle(loose);
        _unfollows = loose[..Math.Min(loose.Length, (edges.All.Count + UnfollowOneIn - 1) / UnfollowOneIn)];
    }

    public IReadOnlyList<DemoAction> Plan(int postCount)
    {
        var hot = new ZipfSampler(Math.Max(postCount, 1), AuthorExponent);
        var firstText = _random.Below(_texts.Count);
        for (var number = 0; number < postCount; number++)
        {
            AddPost(_texts[(firstText + number) % _texts.Count], hot);
            AddLikes(hot);
            AddUnlike();
            AddUnfollows(_unfollows.Length * number / postCount, _unfollows.Length * (number + 1) / postCount);
            AddDelete();
        }

        return _actions;
    }

    private void AddPost(PostText text, ZipfSampler hot)
    {
        var author = _authorsByRank[_authorRanks.Sample(_random)];
        var parent = _random.Chance(ReplyShare) ? PickPost(author, hot) : null;
        var followersOnly = _random.Chance(FollowersOnlyShare);
        var action = Add(new DemoAction
        {
            Index = NextIndex,
            Kind = ActionKind.CreatePost,
            Actor = author,
            RequestId = NextRequestId,
            Draft = new PostDraft(text, parent?.Action, followersOnly),
            DependsOn = parent is null ? [author] : [author, parent.Action],
            TouchesFollowersOnly = followersOnly || parent is { FollowersOnly: true },
        });
        parent?.Uses.Add(action.Index);
        _posts.Add(new PlannedPost(action.Index, author, followersOnly));
    }

    private void AddLikes(ZipfSampler hot)
    {
        for (var left = _random.Below(LikesPerPostMax + 1); left > 0; left--)
        {
            var liker = _random.Below(_graph.UserCount);
            if (PickPost(liker, hot) is { } post && post.Likers.Add(liker))
            {
                _likes.Add((post, AddToPost(ActionKind.LikePost, liker, post, [liker, post.Action])));
            }
        }
    }

    private void AddUnlike()
    {
        if (_likes.Count == 0 || !_random.Chance(UnlikeChancePerPost))
        {
            return;
        }

        var place = _random.Below(_likes.Count);
        var (post, like) = _likes[place];
        _likes[place] = _likes[^1];
        _likes.RemoveAt(_likes.Count - 1);
        if (!post.Deleted)
        {
            AddToPost(ActionKind.UnlikePost, like.Actor, post, [post.Action, like.Index]);
        }
    }

    private void AddUnfollows(int from, int to)
    {
        foreach (var (follower, followee) in _unfollows[from..to])
        {
            Add(new DemoAction
            {
                Index = NextIndex,
                Kind = ActionKind.Unfollow,
                Actor = follower,
                Target = followee,
                RequestId = NextRequestId,
                DependsOn = [follower, followee],
            });
        }
    }

    private void AddDelete()
    {
        if (!_random.Chance(DeleteShare))
        {
            return;
        }

        var post = _random.Pick(_posts);
        if (!post.Deleted)
        {
            AddToPost(ActionKind.DeletePost, post.Author, post, [post.Action, .. post.Uses]);
            post.Deleted = true;
        }
    }

    private DemoAction AddToPost(ActionKind kind, int actor, PlannedPost post, IReadOnlyList<int> dependsOn)
    {
        var action = Add(new DemoAction
        {
            Index = NextIndex,
            Kind = kind,
            Actor = actor,
            Target = post.Action,
            RequestId = NextRequestId,
            DependsOn = dependsOn,
            TouchesFollowersOnly = post.FollowersOnly,
        });
        post.Uses.Add(action.Index);
        return action;
    }

    // Half of the attention goes to a few posts, so that threads and counts grow; the rest to what is new.
    private PlannedPost? PickPost(int actor, ZipfSampler hot)
    {
        for (var pick = 0; pick < PicksMax && _posts.Count > 0; pick++)
        {
            var rank = _random.Chance(HotShare) ? hot.Sample(_random) : int.MaxValue;
            var post = rank < _posts.Count
                ? _posts[rank]
                : _posts[^(1 + _random.Below(Math.Min(RecentPosts, _posts.Count)))];
            if (!post.Deleted && MayTouch(actor, post))
            {
                return post;
            }
        }

        return null;
    }

    private bool MayTouch(int actor, PlannedPost post) =>
        !post.FollowersOnly || actor == post.Author || _edges.IsFirm(actor, post.Author);

    private int NextIndex => _firstIndex + _actions.Count;

    private string NextRequestId => RequestIds.OfAction(_graph.Key, _runKey, NextIndex);

    private DemoAction Add(DemoAction action)
    {
        _actions.Add(action);
        return action;
    }
}
