namespace Grpc.Core;

/// <summary>What is known of a method without its message types.</summary>
public interface IMethod
{
    /// <summary>How many messages go each way.</summary>
    MethodType Type { get; }

    /// <summary>Name of the service with its package, such as <c>daprsocial.posts.v1.PostService</c>.</summary>
    string ServiceName { get; }

    /// <summary>Name of the method within its service, such as <c>CreatePost</c>.</summary>
    string Name { get; }

    /// <summary>The path on the wire: <c>/service/method</c>.</summary>
    string FullName { get; }
}
