namespace DaprSocial.Load.Input;

/// <summary>A text to post and its BCP 47 language; the language may be empty.</summary>
internal readonly record struct PostText(string Language, string Text);
