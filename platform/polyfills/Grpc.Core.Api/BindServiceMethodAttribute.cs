namespace Grpc.Core;

/// <summary>Says which static method binds a generated service base; a server finds it by reflection.</summary>
/// <param name="bindType">Type that has the method.</param>
/// <param name="bindMethodName">Name of the method; it takes a <see cref="ServiceBinderBase"/> and the service.</param>
[AttributeUsage(AttributeTargets.Class)]
public class BindServiceMethodAttribute(Type bindType, string bindMethodName) : Attribute
{
    /// <summary>Type that has the method.</summary>
    public Type BindType { get; } = bindType;

    /// <summary>Name of the method.</summary>
    public string BindMethodName { get; } = bindMethodName;
}
