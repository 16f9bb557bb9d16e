namespace Grpc.Core;

/// <summary>Checks a server's certificate in addition to the usual check.</summary>
/// <param name="context">The server.</param>
/// <returns>Whether to go on with the connection.</returns>
public delegate bool VerifyPeerCallback(VerifyPeerContext context);
