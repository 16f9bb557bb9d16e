namespace DaprSocial.Ctl.Mesh;

/// <param name="Detail">Why it does not answer; empty when it does.</param>
internal sealed record MeshPartStatus(MeshPort Part, bool Answers, string Detail);
