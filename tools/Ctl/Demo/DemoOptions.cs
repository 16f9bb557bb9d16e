namespace DaprSocial.Ctl.Demo;

/// <param name="GraphFile">An edge list, <c>a b</c> per line; null for the generator's own graph.</param>
/// <param name="PostsFile">Texts to post; null for the generator's own texts.</param>
/// <param name="Seed">The key of the run: the same seed again creates nothing and checks the same state.</param>
/// <param name="PostCount">Null for the demo's own choice.</param>
internal sealed record DemoOptions(string? GraphFile, string? PostsFile, int Seed, int? PostCount, bool Json);
