namespace DaprSocial.Load.Planning;

internal enum ActionKind
{
    CreateUser,
    Follow,
    CreatePost,
    LikePost,
    UnlikePost,
    Unfollow,
    DeletePost,
}
