namespace Grpc.Core;

/// <summary>Adds credentials to the headers of a call.</summary>
/// <param name="context">Which call.</param>
/// <param name="metadata">The headers to add to.</param>
/// <returns>A task that ends when they are added; the call waits for it.</returns>
public delegate Task AsyncAuthInterceptor(AuthInterceptorContext context, Metadata metadata);
