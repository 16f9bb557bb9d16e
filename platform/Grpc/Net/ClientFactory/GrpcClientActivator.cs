using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Grpc.Net.ClientFactory;

/// <summary>Makes clients of one type by its constructor; what else that takes comes from the services.</summary>
internal sealed class GrpcClientActivator<TClient>
    where TClient : class
{
    private ObjectFactory<TClient>? _create;

    public TClient Create(IServiceProvider services, CallInvoker invoker) =>
        (_create ??= FindConstructor())(services, [invoker]);

    private static ObjectFactory<TClient> FindConstructor()
    {
        try
        {
            return ActivatorUtilities.CreateFactory<TClient>([typeof(CallInvoker)]);
        }
        catch (InvalidOperationException exception)
        {
            throw new InvalidOperationException(
                $"{typeof(TClient)} has no public constructor that takes a CallInvoker, as generated clients do; "
                + "another way to make it is given by ConfigureGrpcClientCreator.",
                exception);
        }
    }
}
