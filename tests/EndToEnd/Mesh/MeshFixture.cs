namespace DaprSocial.EndToEnd.Tests.Mesh;

/// <summary>One mesh for all tests of the collection; each test makes its own users.</summary>
public sealed class MeshFixture : OwnMesh;
