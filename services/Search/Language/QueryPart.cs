namespace DaprSocial.Search.Language;

/// <summary>A part of a query between spaces, or between quotation marks.</summary>
/// <param name="Text">Without the dash before it and the quotation marks around it.</param>
/// <param name="IsQuoted">True when it stood between quotation marks.</param>
/// <param name="IsNegated">True when a dash stood before it.</param>
internal sealed record QueryPart(string Text, bool IsQuoted, bool IsNegated);
