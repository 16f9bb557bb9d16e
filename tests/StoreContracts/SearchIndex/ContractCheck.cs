namespace DaprSocial.SearchIndex.Tests;

/// <summary>One check of the contract.</summary>
/// <param name="Id">Never changes; reports of all adapters name it.</param>
/// <param name="Proves">In a line, what holds when it passes.</param>
/// <param name="RunAsync">Fails by an assertion.</param>
internal sealed record ContractCheck(string Id, string Proves, Func<IIndexUnderTest, Task> RunAsync);
