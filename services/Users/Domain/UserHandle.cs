namespace DaprSocial.Users.Domain;

/// <summary>A unique name: 3 to 30 of a-z, 0-9 and underscore, after lower-casing.</summary>
internal readonly record struct UserHandle
{
    private const int LengthMin = 3;
    private const int LengthMax = 30;

    private UserHandle(string value) => Value = value;

    public string Value { get; }

    public static UserHandle Parse(string text)
    {
        var handle = text.ToLowerInvariant();
        return handle.Length is >= LengthMin and <= LengthMax
            && handle.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '_')
            ? new UserHandle(handle)
            : throw UserErrors.InvalidHandle();
    }
}
