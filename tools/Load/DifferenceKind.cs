namespace DaprSocial.Load;

/// <summary>How an answer can differ from what follows from the command stores.</summary>
public enum DifferenceKind
{
    /// <summary>The answer leaves out what belongs there.</summary>
    MissingEntry,

    /// <summary>The answer holds what does not belong there.</summary>
    ExtraEntry,

    /// <summary>The right entries in another order.</summary>
    WrongOrder,

    /// <summary>The same entry twice, on one page or over several.</summary>
    DuplicateEntry,

    /// <summary>A text, author or name is another.</summary>
    WrongContent,

    /// <summary>A number is another.</summary>
    WrongCount,

    /// <summary>A page is longer than asked for, or the listing does not end.</summary>
    BrokenPaging,

    /// <summary>A page says that it may leave something out, or that it is not fresh.</summary>
    NotComplete,

    /// <summary>A service did not catch up with a user's writes in time.</summary>
    NotCaughtUp,

    /// <summary>A write that was acknowledged is not in the stores.</summary>
    LostWrite,

    /// <summary>A write with one request id was done more than once.</summary>
    RepeatedWrite,

    /// <summary>A query was refused.</summary>
    CallRefused,
}
