using DaprSocial.Load.Input;

namespace DaprSocial.Load.Planning;

/// <summary>A post to write.</summary>
/// <param name="Text">What it says.</param>
/// <param name="ParentAction">Index of the action that wrote the post it answers; null when it answers none.</param>
/// <param name="FollowersOnly">Whether only followers may read it.</param>
internal sealed record PostDraft(PostText Text, int? ParentAction, bool FollowersOnly);
