namespace DaprSocial.Load.Input;

/// <summary>An undirected edge between two users, by index. <see cref="Low"/> is always the smaller.</summary>
internal readonly record struct Edge(int Low, int High);
