namespace DaprSocial.Load.Tests.Fakes;

/// <summary>One thing that the fake services do wrong.</summary>
public enum Fault
{
    None,
    HomeLeavesOneOut,
    HomeShowsAStranger,
    HomeSwapsTwo,
    HomeRepeatsOverPages,
    HomeKeepsDeleted,
    HomeIsIncomplete,
    HomeIsStale,
    HomeIsRefused,
    HomeNeverEnds,
    HomeForgetsAuthors,
    AuthorTimelineLeaksFollowersOnly,
    LikeCountIsOff,
    ReplyCountIsOff,
    ViewerLikeIsLost,
    FollowerCountIsOff,
    FollowerIsLost,
    FolloweesAreOldestFirst,
    DeletedPostIsServed,
    RepliesLeaveOneOut,
    PostIsLost,
    EventIsLost,
    RequestIdIsIgnored,
    TimelinesAreParked,
    SearchLeavesOneOut,
    SearchFindsDeleted,
    SearchLeaksFollowersOnly,
}
