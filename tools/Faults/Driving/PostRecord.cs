namespace DaprSocial.Faults.Driving;

/// <summary>An acknowledged post, and how far its deletion is.</summary>
internal sealed class PostRecord(Guid id, bool followersOnly)
{
    private volatile bool _isDeleteBegun;
    private volatile bool _isDeleted;

    public Guid Id => id;

    public bool FollowersOnly => followersOnly;

    /// <summary>Somebody has asked for it: from now on the post may be there or not.</summary>
    public bool IsDeleteBegun
    {
        get => _isDeleteBegun;
        set => _isDeleteBegun = value;
    }

    /// <summary>It was acknowledged.</summary>
    public bool IsDeleted
    {
        get => _isDeleted;
        set => _isDeleted = value;
    }
}
