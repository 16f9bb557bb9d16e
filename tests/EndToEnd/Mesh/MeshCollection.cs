// One mesh at a time: two would share two cores, and the faults of one test must not meet the calls of another.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace DaprSocial.EndToEnd.Tests.Mesh;

/// <summary>The tests that share one mesh.</summary>
[CollectionDefinition(Name)]
public sealed class MeshCollection : ICollectionFixture<MeshFixture>
{
    public const string Name = "mesh";
}
