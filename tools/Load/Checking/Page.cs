namespace DaprSocial.Load.Checking;

/// <summary>One page of any listing.</summary>
/// <param name="Items">What is on it.</param>
/// <param name="NextPageToken">Empty at the end.</param>
/// <param name="Complete">False when the page says that it may leave something out.</param>
/// <param name="Fresh">False when the page says that it is not fresh.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, string NextPageToken, bool Complete, bool Fresh);
