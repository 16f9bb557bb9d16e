namespace DaprSocial.Load;

/// <summary>The demo could not be run to its end: a call was refused or kept failing. The message says which.</summary>
public sealed class DemoException : Exception
{
    public DemoException(string message)
        : base(message)
    {
    }

    public DemoException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
